/// The results of one computation, as eviction sees them. Several records may name the same ones.
struct StoredResult: Hashable, Sendable {
  var records: [RecordKey]
  var objects: Set<Hash256>
  var byteCount: Int
  /// What computing it again would take.
  var seconds: Double
  /// Nanoseconds since 1970.
  var lastUse: Int
}

enum Eviction {
  /// What has to go for the objects to take at most `limit` bytes: first what is cheapest to compute
  /// again for its size, among equals what was not used for longest. What is `kept` stays whatever
  /// the size.
  static func victims(
    among results: [StoredResult], to limit: Int, sizes: [Hash256: Int], keeping kept: Set<Hash256>
  ) -> [StoredResult] {
    var total = sizes.values.reduce(0, +)
    var owners: [Hash256: Int] = [:]
    for object in results.flatMap(\.objects) { owners[object, default: 0] += 1 }
    var victims: [StoredResult] = []
    for result in results.sorted(by: goesBefore) where result.objects.isDisjoint(with: kept) {
      if total <= limit { break }
      for object in result.objects {
        owners[object, default: 0] -= 1
        if owners[object] == 0 { total -= sizes[object] ?? 0 }
      }
      victims.append(result)
    }
    return victims
  }

  private static func goesBefore(_ a: StoredResult, _ b: StoredResult) -> Bool {
    let (costOfA, costOfB) = (a.secondsPerByte, b.secondsPerByte)
    return costOfA == costOfB ? a.lastUse < b.lastUse : costOfA < costOfB
  }
}

extension StoredResult {
  fileprivate var secondsPerByte: Double { seconds / Double(max(byteCount, 1)) }
}
