/// How much a store holds.
public struct StoreStatistics: Hashable, Sendable, Encodable {
  /// What there is of one kind of node.
  public struct Kind: Hashable, Sendable, Encodable {
    /// How many results of this kind of node there are.
    public var results = 0
    /// The size of its values.
    public var bytes = 0
    /// The time that went into them.
    public var seconds = 0.0
  }

  /// How many values there are, equal ones counted once.
  public var objects = 0
  /// Their size.
  public var bytes = 0
  /// How many names the results go by.
  public var records = 0
  /// By kind of node, such as `sample`.
  public var kinds: [String: Kind] = [:]
}

/// What was found wrong in a store, and removed.
public struct StoreReport: Hashable, Sendable, Encodable {
  /// How many files of values were read.
  public var objectsChecked = 0
  /// How many records were read.
  public var recordsChecked = 0
  /// The paths of what did not verify, relative to the cache folder.
  public var removed: [String] = []
}

extension Store {
  /// How much there is.
  public func statistics() -> StoreStatistics {
    let survey = survey()
    var statistics = StoreStatistics(
      objects: survey.sizes.count, bytes: survey.sizes.values.reduce(0, +),
      records: survey.results.reduce(0) { $0 + $1.result.records.count })
    for (node, result) in survey.results {
      statistics.kinds[node, default: .init()].results += 1
      statistics.kinds[node, default: .init()].bytes += result.byteCount
      statistics.kinds[node, default: .init()].seconds += result.seconds
    }
    return statistics
  }

  /// Evicts until the objects take at most `limit` bytes, and sweeps what dead processes left.
  /// Returns the bytes that went.
  @discardableResult
  public func prune(to limit: Int) -> Int {
    sweep()
    sweepHistories()
    let before = survey()
    let victims = Set(
      Eviction.victims(
        among: before.results.map(\.result), to: limit, sizes: before.sizes, keeping: used,
        now: FileStamp.now()))
    for record in victims.flatMap(\.records) {
      Files.remove(layout.record(record))
      Files.removeFolderIfEmpty(Files.parent(of: layout.record(record)))
    }
    let wanted = Set(
      before.results.map(\.result).filter { !victims.contains($0) }.flatMap(\.objects))
    let evicted = Set(victims.flatMap(\.objects))
    let unwanted = before.sizes.keys.filter {
      !wanted.contains($0) && !used.contains($0) && (evicted.contains($0) || isOld($0))
    }
    return unwanted.reduce(0) { freed, object in
      Files.remove(layout.object(object)) ? freed + (before.sizes[object] ?? 0) : freed
    }
  }

  /// Removes everything that this layout's version has put into the folder.
  public func clear() {
    for name in StoreLayout.files(under: layout.root) {
      Files.remove("\(layout.root)/\(name)")
      Files.removeFolderIfEmpty(Files.parent(of: "\(layout.root)/\(name)"))
    }
  }

  /// Reads everything, and removes what is not what it should be.
  public func verify() -> StoreReport {
    var report = StoreReport()
    for name in StoreLayout.files(under: layout.objects) {
      report.objectsChecked += 1
      check("\(layout.objects)/\(name)", &report) { Hash256(spread: name) == ObjectName.of($0) }
    }
    for name in StoreLayout.files(under: layout.records) {
      report.recordsChecked += 1
      check("\(layout.records)/\(name)", &report) { bytes in
        RecordKey(name: name).flatMap { Record(bytes, of: $0) }?.outputs.values
          .allSatisfy(isPresent) ?? false
      }
    }
    for name in StoreLayout.files(under: layout.history) {
      check("\(layout.history)/\(name)", &report) { GraphDescription(encoded: $0) != nil }
    }
    return report
  }

  private func check(_ path: String, _ report: inout StoreReport, _ isSound: ([UInt8]) -> Bool) {
    if let bytes = try? Files.read(path), isSound(bytes) { return }
    Files.remove(path)
    report.removed.append(String(path.dropFirst(folder.count + 1)))
  }

  /// Everything that lies in the store, without reading objects.
  private func survey() -> (
    results: [(node: String, result: StoredResult)], sizes: [Hash256: Int]
  ) {
    let sizes = objectSizes()
    var results: [Set<Hash256>: (node: String, result: StoredResult)] = [:]
    for key in StoreLayout.files(under: layout.records).compactMap(RecordKey.init) {
      let path = layout.record(key)
      guard let bytes = try? Files.read(path), let record = Record(bytes, of: key) else { continue }
      let lastUse = (try? Files.stamp(of: path).modified) ?? 0
      let objects = Set(record.outputs.values.map(\.digest))
      results[objects, default: (record.node, StoredResult(objects, of: record))].result
        .add(key, seconds: record.seconds, lastUse: lastUse)
    }
    return (Array(results.values), sizes)
  }

  /// In bytes.
  func objectSizes() -> [Hash256: Int] {
    StoreLayout.files(under: layout.objects).compactMap { Hash256(spread: $0) }
      .reduce(into: [:]) { sizes, object in
        sizes[object] = try? Files.stamp(of: layout.object(object)).size
      }
  }

  /// Removes the temporary files of processes that died: those that hardly anybody can be writing
  /// any more; whoever is will notice, and write again.
  func sweep() {
    for name in (try? Files.names(in: layout.temporaries)) ?? [] {
      let path = "\(layout.temporaries)/\(name)"
      if isOld(path) { Files.remove(path) }
    }
  }

  /// Whether an object is too old for another process to be about to write its record.
  private func isOld(_ object: Hash256) -> Bool { isOld(layout.object(object)) }

  /// Whether a file was not written within ten minutes of now. One from the future was written
  /// under a clock that was wrong, and nobody knows when.
  private func isOld(_ path: String) -> Bool {
    guard let stamp = try? Files.stamp(of: path) else { return false }
    return FileStamp.distance(from: stamp.modified, to: FileStamp.now()) > 600_000_000_000
  }
}

extension StoredResult {
  fileprivate init(_ objects: Set<Hash256>, of record: Record) {
    self.init(
      records: [], objects: objects,
      byteCount: record.outputs.values.reduce(0) { $0 + $1.byteCount }, seconds: 0, lastUse: 0)
  }

  fileprivate mutating func add(_ record: RecordKey, seconds: Double, lastUse: Int) {
    records.append(record)
    self.seconds = max(self.seconds, seconds)
    self.lastUse = max(self.lastUse, lastUse)
  }
}
