import Crypto
import Glibc
import Synchronization
import SystemPackage

/// The digests of the contents of files and folders, each file read once for as long as it stays
/// as it is.
///
/// What is known is kept in a table in the cache folder. A file that changed less than two seconds
/// before it was hashed is left out of that table, since a later change within the clock's grain
/// would not show in its times. Two processes do not read the same large file at once: one of them waits for
/// what the other finds.
public final class FileDigests: Sendable {
  private let table: FileTable?
  private let entries: Mutex<[String: FileTable.Entry]>
  private let isChanged = Atomic(false)
  private let progress: @Sendable (HashingProgress) -> Void

  /// - Parameters:
  ///   - table: where the digests are remembered from run to run; nil for nowhere.
  ///   - progress: told now and then how far the reading of a large file is.
  init(table: FileTable?, progress: @escaping @Sendable (HashingProgress) -> Void = { _ in }) {
    self.table = table
    self.progress = progress
    entries = Mutex(table?.load() ?? [:])
  }

  /// Digests that are remembered nowhere.
  public convenience init(
    progress: @escaping @Sendable (HashingProgress) -> Void = { _ in }
  ) {
    self.init(table: nil, progress: progress)
  }

  /// The digest of a file's bytes; of a folder, that of the relative names and the digests of the
  /// regular files in it, sorted, hidden ones left out. Symbolic links are followed. Throws
  /// `UnreadableFile`; `CancellationError` where the task is cancelled meanwhile.
  public func digest(of path: String) throws -> Hash256 {
    try digest(of: path, orElse: read)
  }

  /// The same where no file has to be read for it; nil otherwise.
  public func remembered(of path: String) -> Hash256? {
    try? digest(of: path) { path, _ in throw UnreadableFile(path: path, reason: "it is not known") }
  }

  /// Writes the table, if there is something new to remember. Throws `Errno`.
  public func save() throws {
    guard let table, !table.isReadOnly, isChanged.exchange(false, ordering: .relaxed) else {
      return
    }
    refresh(from: table)
    try table.save(entries.withLock { $0 })
  }
}

extension FileDigests {
  private typealias Reading = (_ path: String, _ stamp: FileStamp) throws -> Hash256

  private func digest(of path: String, orElse read: Reading) throws -> Hash256 {
    let stamp = try Self.naming(path) { try Files.stamp(of: path) }
    switch stamp.kind {
    case .file:
      return try known(path, stamp) ?? Self.naming(path) { try read(path, stamp) }
    case .folder: return try digest(ofFolder: path, orElse: read)
    case .other: throw UnreadableFile(path: path, reason: "it is neither a file nor a folder")
    }
  }

  private func digest(ofFolder folder: String, orElse read: Reading) throws -> Hash256 {
    var hasher = FieldHasher()
    for name in try Self.files(under: folder, depth: 0) {
      hasher.add(name)
      hasher.add(try digest(of: "\(folder)/\(name)", orElse: read))
    }
    return hasher.finish()
  }

  private func known(_ path: String, _ stamp: FileStamp) -> Hash256? {
    // Several names of one file, such as those of a cache of downloads, are one.
    let place = Files.realPath(path)
    return entries.withLock { $0[place] }.flatMap { $0.stamp == stamp ? $0.digest : nil }
  }

  /// Reads a file, unless another process does so just now and says what it found.
  private func read(_ path: String, _ stamp: FileStamp) throws -> Hash256 {
    guard let table, let place = table.lock(of: Files.realPath(path), size: stamp.size) else {
      return try hash(path)
    }
    let lock = try KeyLock.waiting(for: place)
    defer { lock?.release() }
    refresh(from: table)
    if let digest = known(path, stamp) { return digest }
    let digest = try hash(path)
    // A table that cannot be kept means reading the file again next time, and nothing else.
    try? save()
    return digest
  }

  private func hash(_ path: String) throws -> Hash256 {
    let (digest, found) = try FileHashing.hash(path, progress)
    let place = Files.realPath(path)
    entries.withLock {
      $0[place] = FileTable.Entry(stamp: found, digest: digest, hashed: FileStamp.now())
    }
    isChanged.store(true, ordering: .relaxed)
    return digest
  }

  /// Takes in what other processes have found.
  private func refresh(from table: FileTable) {
    let others = table.load()
    entries.withLock { $0.merge(others) { $0.hashed < $1.hashed ? $1 : $0 } }
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
}
