import Synchronization
import SystemPackage

/// The results of earlier runs, in a folder that any number of processes may use at once.
///
/// Objects are the encoded values, each named by a hash of its bytes. Records say, for a key,
/// which objects the outputs of a computation are. Both are verified whenever they are read, so what
/// was cut short, was flipped or does not belong there is a miss. That also makes it needless to
/// wait for the disk when writing: whatever a power failure leaves behind is found out on reading.
public final class Store: Sendable {
  /// 10 GB.
  public static let defaultLimit = 10_000_000_000
  /// In bytes. What is longer is no record.
  private static let longestRecord = 1 << 20

  /// The cache folder, as the user named it. It is made when something is first written.
  public var folder: String { layout.folder }
  /// The size that the objects are held to, in bytes.
  public let limit: Int
  let layout: StoreLayout
  /// Whether nothing is written, removed or marked as used.
  let isReadOnly: Bool
  private let state = Mutex(State())

  private struct State {
    /// The objects that this process has used: they are not evicted by it.
    var used: Set<Hash256> = []
    /// Objects that did not verify, and could not be removed.
    var distrusted: Set<Hash256> = []
    /// Bytes written since the limit was last seen to.
    var written = 0
  }

  /// A store in a folder that need not be there yet. Nothing is read or written by this.
  public convenience init(folder: String, limit: Int = Store.defaultLimit) {
    self.init(folder: folder, limit: limit, isReadOnly: false)
  }

  private init(folder: String, limit: Int, isReadOnly: Bool) {
    self.isReadOnly = isReadOnly
    layout = StoreLayout(folder: folder)
    self.limit = limit
  }

  /// The same folder, looked at only.
  public var readOnly: Store { Store(folder: folder, limit: limit, isReadOnly: true) }

  /// The record of a computation whose objects are all there; what is in them is seen when they are
  /// read.
  func record(_ key: RecordKey) -> Record? {
    let path = layout.record(key)
    guard let bytes = try? Files.read(path, limit: Self.longestRecord) else { return nil }
    guard let record = Record(bytes, of: key), record.outputs.values.allSatisfy(isPresent) else {
      if !isReadOnly { Files.remove(path) }
      return nil
    }
    if !isReadOnly { Files.touch(path) }
    state.withLock { $0.used.formUnion(record.outputs.values.map(\.digest)) }
    return record
  }

  /// Whether there are records of the same kind of node with the same parameters.
  func hasRecords(like likeness: Hash256) -> Bool {
    Files.exists(layout.contentRecords(like: likeness))
  }

  /// Whether there is any record to be found by content.
  var hasContentRecords: Bool { Files.exists(layout.contentRecords) }

  /// Throws `Errno`.
  func save(_ record: Record, as key: RecordKey) throws {
    try Files.write(record.encoded(as: key), to: layout.record(key), via: layout.temporary())
  }

  /// The bytes of an object. What is not what its name says is removed, and nil; what cannot be
  /// read is nil, and not trusted again.
  func object(_ output: Record.Output) -> [UInt8]? {
    do {
      let path = layout.object(output.digest)
      if let bytes = try ObjectFile.read(path, output) { return bytes }
      distrust(output.digest)
    } catch {
      state.withLock { _ = $0.distrusted.insert(output.digest) }
    }
    return nil
  }

  /// Removes an object that cannot be read as the value that it should be.
  func distrust(_ digest: Hash256) {
    Files.remove(layout.object(digest))
    state.withLock { _ = $0.distrusted.insert(digest) }
  }

  /// Writes an object, unless it is there and sound. Throws `Errno`.
  func save(object bytes: [UInt8]) throws -> Record.Output {
    let name = try ObjectFile.write(bytes, via: layout.temporary) { name in
      state.withLock { _ = $0.used.insert(name) }
      // File systems write a file to the disk at once when it replaces another, which takes long.
      let output = Record.Output(digest: name, byteCount: bytes.count)
      return isSound(output) ? nil : layout.object(name)
    }
    state.withLock {
      $0.distrusted.remove(name)
      $0.written += bytes.count
    }
    return Record.Output(digest: name, byteCount: bytes.count)
  }

  private func isSound(_ output: Record.Output) -> Bool {
    isPresent(output) && (try? ObjectFile.read(layout.object(output.digest), output)) != nil
  }

  /// Evicts what is over the limit, now and then: when a good part of it was written since, or
  /// (`always`) when anything was.
  func keepToLimit(always: Bool) {
    let isDue = state.withLock { state in
      guard state.written > (always ? 0 : limit / 10) else { return false }
      state.written = 0
      return true
    }
    guard isDue else { return }
    // Reading all records takes long, and mostly there is room.
    if objectSizes().values.reduce(0, +) > limit { prune(to: limit) } else { sweep() }
  }

  /// The table of the digests of files.
  var fileTable: FileTable {
    FileTable(path: layout.fileTable, locks: layout.locks, isReadOnly: isReadOnly) { [layout] in
      layout.temporary()
    }
  }

  /// The digests of files, as far as they are remembered in the cache folder.
  public func digests(progress: @escaping @Sendable (HashingProgress) -> Void) -> FileDigests {
    FileDigests(table: fileTable, progress: progress)
  }

  /// What nodes took in earlier runs.
  var costFile: CostFile { CostFile(path: layout.costFile) { [layout] in layout.temporary() } }

  /// What this process must not evict.
  var used: Set<Hash256> { state.withLock { $0.used } }

  func isPresent(_ output: Record.Output) -> Bool {
    guard let stamp = try? Files.stamp(of: layout.object(output.digest)) else { return false }
    return stamp.kind == .file && stamp.size == output.byteCount
      && !state.withLock { $0.distrusted.contains(output.digest) }
  }
}
