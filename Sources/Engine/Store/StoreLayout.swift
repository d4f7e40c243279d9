import Glibc

/// Where things lie in a cache folder.
///
/// Everything stands in a folder named after the layout's version, so that another version's things
/// are neither read nor touched.
struct StoreLayout: Sendable {
  static let version = "v1"

  /// The cache folder, as the user named it.
  let folder: String

  var root: String { "\(folder)/\(Self.version)" }
  var objects: String { "\(root)/objects" }
  var locks: String { "\(root)/locks" }
  var temporaries: String { "\(root)/tmp" }
  var fileTable: String { "\(root)/files" }

  func records(_ table: RecordKey.Table) -> String { "\(root)/records/\(table.rawValue)" }
  func object(_ digest: Hash256) -> String { Self.spread(digest, in: objects) }
  func record(_ key: RecordKey) -> String { Self.spread(key.hash, in: records(key.table)) }
  func lock(_ key: Hash256) -> String { "\(locks)/\(key)" }

  /// A name that no other process or thread uses.
  func temporary() -> String {
    "\(temporaries)/\(getpid())-\(String(UInt64.random(in: 0 ... .max), radix: 16))"
  }

  /// The hashes that name the files of a spread folder.
  func hashes(in folder: String) -> [Hash256] {
    entries(in: folder).compactMap { Hash256(hex: $0.replacing("/", with: "")) }
  }

  /// The relative names of all files of a spread folder, strangers included.
  func entries(in folder: String) -> [String] {
    ((try? Files.names(in: folder)) ?? []).flatMap { prefix in
      ((try? Files.names(in: "\(folder)/\(prefix)")) ?? []).map { "\(prefix)/\($0)" }
    }
  }

  /// `ab/cdef…`: no folder gets too many files.
  private static func spread(_ hash: Hash256, in folder: String) -> String {
    let name = hash.description
    return "\(folder)/\(name.prefix(2))/\(name.dropFirst(2))"
  }
}
