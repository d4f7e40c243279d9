/// What nodes took in earlier runs, in a file of the cache folder: a line for each kind of work, and a
/// digest of the whole as the last. A file that does not read whole is as good as none.
struct CostFile: Sendable {
  /// More kinds of work than anyone's graphs have.
  static let capacity = 4096

  var path: String
  var temporary: @Sendable () -> String

  func load() -> [Hash256: NodeCost] {
    guard let bytes = try? Files.read(path), let body = Checksum.verified(bytes) else { return [:] }
    let lines = body.split(separator: UInt8(ascii: "\n")).compactMap(Self.read)
    return Dictionary(lines) { first, _ in first }
  }

  /// Where there is no room for all, the `latest` stay. Throws `Errno`.
  func save(_ costs: [Hash256: NodeCost], latest: Set<Hash256>) throws {
    let sorted = costs.sorted { latest.contains($0.key) && !latest.contains($1.key) }
    let lines = sorted.prefix(Self.capacity).map { profile, cost in
      "\(profile) \(cost.seconds.bitPattern) \(cost.peakBytes)\n"
    }
    try Files.write(Checksum.appended(to: Array(lines.joined().utf8)), to: path, via: temporary())
  }

  private static func read(_ line: some Collection<UInt8>) -> (Hash256, NodeCost)? {
    let fields = String(decoding: line, as: UTF8.self).split(separator: " ")
    guard fields.count == 3, let profile = Hash256(hex: fields[0]), let bits = UInt64(fields[1]),
      let peakBytes = Int(fields[2])
    else { return nil }
    let seconds = Double(bitPattern: bits)
    guard seconds.isFinite, seconds >= 0, peakBytes >= 0 else { return nil }
    return (profile, NodeCost(seconds: seconds, peakBytes: peakBytes))
  }
}
