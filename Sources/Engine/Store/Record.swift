/// What the store knows of one computation: which objects its outputs are.
struct Record: Hashable, Sendable {
  struct Output: Hashable, Sendable {
    /// The object's name.
    var digest: Hash256
    /// The object's size.
    var byteCount: Int
  }

  /// The kind of node, such as `sample`.
  var node: String
  var outputs: [String: Output]
  /// How long the computation took.
  var seconds: Double
  /// Seconds since 1970.
  var created: Int
}

/// Records are lines of text: the key, so that a record under another's name is known as foreign;
/// the node; its outputs; and a checksum.
extension Record {
  func encoded(as key: RecordKey) -> [UInt8] {
    var lines = ["easel record", Self.line(for: key), "node \(node)"]
    lines.append("made \(created) \(seconds.bitPattern)")
    for (port, output) in outputs.sorted(by: { $0.key < $1.key }) {
      lines.append("output \(port) \(output.digest) \(output.byteCount)")
    }
    return Checksum.appended(to: Array(lines.joined(separator: "\n").utf8))
  }

  /// Nil for what is not the whole record of this key.
  init?(_ bytes: [UInt8], of key: RecordKey) {
    guard let body = Checksum.verified(bytes) else { return nil }
    let lines = String(decoding: body, as: UTF8.self).split(separator: "\n")
      .map { $0.split(separator: " ", maxSplits: 3) }
    guard lines.count >= 4, lines[0].joined(separator: " ") == "easel record",
      lines[1].joined(separator: " ") == Self.line(for: key), lines[2].count == 2,
      lines[3].count == 3, let created = Int(lines[3][1]), let seconds = UInt64(lines[3][2])
    else { return nil }
    let outputs = lines[4...].compactMap(Self.output)
    guard outputs.count == lines.count - 4 else { return nil }
    self.init(
      node: String(lines[2][1]), outputs: Dictionary(outputs) { first, _ in first },
      seconds: Double(bitPattern: seconds), created: created)
  }

  private static func line(for key: RecordKey) -> String {
    "key \(key.name)"
  }

  private static func output(_ fields: [Substring]) -> (String, Output)? {
    guard fields.count == 4, fields[0] == "output", let digest = Hash256(hex: fields[2]),
      let byteCount = Int(fields[3])
    else { return nil }
    return (String(fields[1]), Output(digest: digest, byteCount: byteCount))
  }
}
