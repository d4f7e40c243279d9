import Glibc

/// Where things lie in a cache folder.
///
/// Everything stands in a folder named after the layout's version, so that another version's things
/// are neither read nor touched.
struct StoreLayout: Sendable {
  static let version = "v2"

  /// The cache folder, as the user named it.
  let folder: String

  var root: String { "\(folder)/\(Self.version)" }
  var objects: String { "\(root)/objects" }
  var locks: String { "\(root)/locks" }
  var temporaries: String { "\(root)/tmp" }
  var fileTable: String { "\(root)/files" }
  var costFile: String { "\(root)/costs" }

  var history: String { "\(root)/history" }
  var records: String { "\(root)/records" }
  var contentRecords: String { "\(records)/content" }

  func object(_ digest: Hash256) -> String { "\(objects)/\(digest.spread)" }
  func record(_ key: RecordKey) -> String { "\(records)/\(key.name)" }
  func contentRecords(like likeness: Hash256) -> String { "\(contentRecords)/\(likeness)" }
  /// Keys that share a byte, which hardly any do, wait for each other.
  func lock(_ key: RecordKey) -> KeyLock.Place {
    KeyLock.Place(file: locks, byte: key.hash.number)
  }

  /// A name that no other process or thread uses.
  func temporary() -> String {
    "\(temporaries)/\(getpid())-\(String(UInt64.random(in: 0 ... .max), radix: 16))"
  }

  /// The relative names of all files under a folder.
  static func files(under folder: String, as prefix: String = "") -> [String] {
    ((try? Files.names(in: folder)) ?? []).flatMap { name -> [String] in
      let path = "\(folder)/\(name)"
      guard (try? Files.stamp(of: path).kind) == .folder else { return [prefix + name] }
      return files(under: path, as: "\(prefix)\(name)/")
    }
  }
}

extension Hash256 {
  /// `ab/cdef…`, a relative path: no folder gets too many files.
  var spread: String {
    let name = description
    return "\(name.prefix(2))/\(name.dropFirst(2))"
  }

  /// Reads what `spread` writes.
  init?(spread: String) {
    let parts = spread.split(separator: "/")
    guard parts.count == 2 else { return nil }
    self.init(hex: parts[0] + parts[1])
  }
}
