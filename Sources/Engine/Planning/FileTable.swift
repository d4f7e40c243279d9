/// The digests of files that earlier runs have read, kept in one file of the cache folder.
///
/// One line for each file, ended by a NUL since a path may hold anything else, and a digest of the
/// whole as the last. A table that does not read whole is as good as none.
struct FileTable: Sendable {
  struct Entry: Hashable, Sendable {
    var stamp: FileStamp
    var digest: Hash256
    /// Nanoseconds since 1970.
    var hashed: Int

    /// Whether a change after the hashing is sure to show in the file's times. One that was made
    /// under a clock that was ahead shows too, once the clock is right: by another time.
    var isSettled: Bool {
      [stamp.modified, stamp.changed].allSatisfy {
        FileStamp.distance(from: $0, to: hashed) > 2_000_000_000
      }
    }
  }

  /// More files than anyone's models and pictures have: the ones hashed last are kept.
  static let capacity = 4096
  /// In bytes: what is shorter is read more quickly than asked about.
  private static let large = 64 << 20
  /// In bytes: that many of the longest paths there are.
  private static let longest = capacity * 4400

  var path: String
  /// The file whose bytes are locked while a large file is read; nil where processes do not wait for each other.
  var locks: String?
  /// Whether nothing is written.
  var isReadOnly = false
  var temporary: @Sendable () -> String

  func load() -> [String: Entry] {
    guard let bytes = try? Files.read(path, limit: Self.longest),
      let body = Checksum.verified(bytes)
    else { return [:] }
    let lines = body.split(separator: 0).compactMap(Self.read)
    return Dictionary(lines) { first, _ in first }
  }

  /// Throws `Errno`.
  func save(_ entries: [String: Entry]) throws {
    let kept = entries.filter(\.value.isSettled).sorted { $0.value.hashed > $1.value.hashed }
    let lines = kept.prefix(Self.capacity).map { Self.line($0.key, $0.value) }
    try Files.write(
      Checksum.appended(to: Array(lines.joined().utf8)), to: path, via: temporary())
  }

  /// Where to say that a file is being read; nil where that is not worth saying.
  func lock(of file: String, size: Int) -> KeyLock.Place? {
    guard let locks, !isReadOnly, size >= Self.large else { return nil }
    return KeyLock.Place(file: locks, byte: Hash256(of: Array("hashing \(file)".utf8)).number)
  }

  private static func line(_ path: String, _ entry: Entry) -> String {
    let stamp = entry.stamp
    let numbers =
      [stamp.device, stamp.inode].map(String.init)
      + [stamp.size, stamp.modified, stamp.changed, entry.hashed].map(String.init)
    return "\(entry.digest) \(numbers.joined(separator: " ")) \(path)\0"
  }

  private static func read(_ line: some Collection<UInt8>) -> (String, Entry)? {
    let fields = String(decoding: line, as: UTF8.self)
      .split(separator: " ", maxSplits: 7, omittingEmptySubsequences: false)
    guard fields.count == 8, let digest = Hash256(hex: fields[0]), let device = UInt64(fields[1]),
      let inode = UInt64(fields[2])
    else { return nil }
    let numbers = fields[3...6].compactMap { Int($0) }
    guard numbers.count == 4 else { return nil }
    let stamp = FileStamp(
      kind: .file, device: device, inode: inode, size: numbers[0], modified: numbers[1],
      changed: numbers[2])
    return (String(fields[7]), Entry(stamp: stamp, digest: digest, hashed: numbers[3]))
  }
}

/// A digest at the end of a file, by which it is known to be whole.
enum Checksum {
  private static let length = 65

  static func appended(to bytes: [UInt8]) -> [UInt8] {
    bytes + Array("\n\(Hash256(of: bytes))".utf8)
  }

  /// What stands before the digest; nil where that does not match.
  static func verified(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
    guard bytes.count >= length else { return nil }
    let body = bytes.dropLast(length)
    return "\n\(Hash256(of: body))".utf8.elementsEqual(bytes.suffix(length)) ? body : nil
  }
}
