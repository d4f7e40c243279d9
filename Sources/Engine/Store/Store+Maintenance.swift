import SystemPackage

/// How much a store holds.
public struct StoreStatistics: Hashable, Sendable, Encodable {
  public struct Kind: Hashable, Sendable, Encodable {
    /// How many results of this kind of node there are.
    public var results = 0
    public var bytes = 0
    /// The time that went into them.
    public var seconds = 0.0
  }

  public var objects = 0
  public var bytes = 0
  public var records = 0
  /// By kind of node, such as `sample`.
  public var kinds: [String: Kind] = [:]
}

/// What was found wrong in a store, and removed.
public struct StoreReport: Hashable, Sendable, Encodable {
  public var objectsChecked = 0
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
    let before = survey()
    let victims = Eviction.victims(
      among: before.results.map(\.result), to: limit, sizes: before.sizes, keeping: used)
    for record in victims.flatMap(\.records) { Files.remove(layout.record(record)) }
    let gone = Set(victims.flatMap(\.records))
    let wanted = Set(
      before.results.filter { gone.isDisjoint(with: $0.result.records) }.flatMap(\.result.objects))
    return before.sizes.reduce(0) { freed, object in
      guard !wanted.contains(object.key), !used.contains(object.key),
        victims.contains(where: { $0.objects.contains(object.key) }) || isOld(object.key),
        Files.remove(layout.object(object.key))
      else { return freed }
      return freed + object.value
    }
  }

  /// Removes everything that this layout's version has put into the folder.
  public func clear() {
    for folder in RecordKey.Table.allCases.map(layout.records) + [layout.objects] {
      for name in layout.entries(in: folder) { Files.remove("\(folder)/\(name)") }
    }
    for name in (try? Files.names(in: layout.temporaries)) ?? [] {
      Files.remove("\(layout.temporaries)/\(name)")
    }
    Files.remove(layout.fileTable)
  }

  /// Reads everything, and removes what is not what it should be.
  public func verify() -> StoreReport {
    var report = StoreReport()
    for name in layout.entries(in: layout.objects) {
      report.objectsChecked += 1
      check("\(layout.objects)/\(name)", &report) { bytes in
        Hash256(hex: name.replacing("/", with: "")) == Hash256(of: bytes)
      }
    }
    for table in RecordKey.Table.allCases {
      for name in layout.entries(in: layout.records(table)) {
        report.recordsChecked += 1
        check("\(layout.records(table))/\(name)", &report) { bytes in
          guard let hash = Hash256(hex: name.replacing("/", with: "")),
            let record = Record(bytes, of: RecordKey(table: table, hash: hash))
          else { return false }
          return record.outputs.values.allSatisfy(isPresent)
        }
      }
    }
    return report
  }

  private func check(_ path: String, _ report: inout StoreReport, _ isSound: ([UInt8]) -> Bool) {
    if let bytes = try? Files.read(path), isSound(bytes) { return }
    Files.remove(path)
    report.removed.append(String(path.dropFirst(folder.utf8.count + 1)))
  }

  /// Everything that lies in the store, without reading objects.
  private func survey() -> (
    results: [(node: String, result: StoredResult)], sizes: [Hash256: Int]
  ) {
    let sizes = layout.hashes(in: layout.objects).reduce(into: [Hash256: Int]()) { sizes, object in
      sizes[object] = try? Files.stamp(of: layout.object(object)).size
    }
    var results: [Set<Hash256>: (node: String, result: StoredResult)] = [:]
    for key in allRecords() {
      let path = layout.record(key)
      guard let bytes = try? Files.read(path), let record = Record(bytes, of: key) else { continue }
      let lastUse = (try? Files.stamp(of: path).modified) ?? 0
      let objects = Set(record.outputs.values.map(\.digest))
      results[objects, default: (record.node, StoredResult(objects, of: record))].result
        .add(key, seconds: record.seconds, lastUse: lastUse)
    }
    return (Array(results.values), sizes)
  }

  private func allRecords() -> [RecordKey] {
    RecordKey.Table.allCases.flatMap { table in
      layout.hashes(in: layout.records(table)).map { RecordKey(table: table, hash: $0) }
    }
  }

  /// Removes temporary files that nobody can be writing any more.
  private func sweep() {
    for folder in [layout.temporaries, layout.locks] {
      for name in (try? Files.names(in: folder)) ?? [] where isOld("\(folder)/\(name)") {
        Files.remove("\(folder)/\(name)")
      }
    }
  }

  /// Whether an object is too old for another process to be about to write its record.
  private func isOld(_ object: Hash256) -> Bool { isOld(layout.object(object)) }

  private func isOld(_ path: String) -> Bool {
    guard let stamp = try? Files.stamp(of: path) else { return false }
    return FileStamp.now() - stamp.modified > 600_000_000_000
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
