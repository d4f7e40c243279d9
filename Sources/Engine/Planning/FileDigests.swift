import Crypto
import Glibc
import Synchronization
import SystemPackage

/// The digests of the contents of files and folders, each file read once for as long as it stays
/// as it is.
///
/// What is known is kept in a table in the cache folder. A file that changed less than two seconds
/// before it was hashed is left out of that table, since a later change within the clock's grain
/// would not show in its times.
final class FileDigests: Sendable {
  private let table: FileTable?
  private let entries: Mutex<[String: FileTable.Entry]>
  private let isChanged = Atomic(false)

  /// `table`: where the digests are remembered from run to run; nil for nowhere.
  init(table: FileTable? = nil) {
    self.table = table
    entries = Mutex(table?.load() ?? [:])
  }

  /// The digest of a file's bytes; of a folder, that of the relative names and the digests of the
  /// regular files in it, sorted, hidden ones left out. Symbolic links are followed. Throws `UnreadableFile`.
  func digest(of path: String) throws -> Hash256 {
    let stamp = try Self.naming(path) { try Files.stamp(of: path) }
    switch stamp.kind {
    case .file: return try Self.naming(path) { try digest(ofFile: path, stamp) }
    case .folder: return try digest(ofFolder: path)
    case .other: throw UnreadableFile(path: path, reason: "it is neither a file nor a folder")
    }
  }

  /// Writes the table, if there is something new to remember. Throws `Errno`.
  func save() throws {
    guard let table, isChanged.exchange(false, ordering: .relaxed) else { return }
    try table.save(entries.withLock { $0 })
  }

  private func digest(ofFile path: String, _ stamp: FileStamp) throws -> Hash256 {
    if let entry = entries.withLock({ $0[path] }), entry.stamp == stamp { return entry.digest }
    let (digest, found) = try Self.hash(path)
    entries.withLock {
      $0[path] = FileTable.Entry(stamp: found, digest: digest, hashed: FileStamp.now())
    }
    isChanged.store(true, ordering: .relaxed)
    return digest
  }

  private func digest(ofFolder folder: String) throws -> Hash256 {
    var hasher = FieldHasher()
    for name in try Self.files(under: folder, depth: 0) {
      hasher.add(name)
      hasher.add(try digest(of: "\(folder)/\(name)"))
    }
    return hasher.finish()
  }

  /// The relative names of the regular files. A folder nested deeper than any model's is taken for
  /// a circle of links.
  private static func files(under folder: String, depth: Int) throws -> [String] {
    guard depth < 16 else {
      throw UnreadableFile(path: folder, reason: "too many folders in each other, or a circle")
    }
    return try naming(folder) { try Files.names(in: folder) }.flatMap { name -> [String] in
      let path = "\(folder)/\(name)"
      switch try naming(path, { try Files.stamp(of: path).kind }) {
      case .file: return [name]
      case .folder: return try files(under: path, depth: depth + 1).map { "\(name)/\($0)" }
      case .other: return []
      }
    }
  }

  /// Says which file it was that the system could not read.
  private static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as Errno {
      throw UnreadableFile(path: path, reason: error.description)
    }
  }

  /// Reads a file in pieces. The stamp is the one from before the first byte was read.
  private static func hash(_ path: String) throws -> (Hash256, FileStamp) {
    let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    return try file.closeAfter {
      let stamp = try Files.stamp(of: file)
      var hasher = SHA256()
      let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
      defer { piece.deallocate() }
      while case let count = try file.read(into: piece), count > 0 {
        hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: piece[..<count]))
        if Task.isCancelled { throw CancellationError() }
      }
      return (Hash256(hasher.finalize()), stamp)
    }
  }
}
