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

/// What goes when the store is full.
///
/// A byte is worth the time that keeping it is expected to save: the seconds that the result took,
/// by its bytes (GreedyDual-Size: Cao and Irani, Cost-Aware WWW Proxy Caching Algorithms, 1997), by
/// how soon it is wanted again. GreedyDual-Size lets what is not used lose its worth by a counter
/// that rises with each eviction; here it is divided by the time since its last use, as in
/// Hyperbolic Caching (Blankstein, Sen and Freedman, 2017), which needs no state that processes
/// would have to share: what was not used for twice as long is half as likely to be wanted next.
/// So nothing stays for ever because it was dear once.
enum Eviction {
  /// What has to go for the objects to take at most `limit` bytes, the least worth first; among
  /// equals what was not used for longest. What is `kept` stays whatever the size.
  ///
  /// - Parameter now: nanoseconds since 1970.
  static func victims(
    among results: [StoredResult], to limit: Int, sizes: [Hash256: Int], keeping kept: Set<Hash256>,
    now: Int
  ) -> [StoredResult] {
    var total = sizes.values.reduce(0, +)
    guard total > limit else { return [] }
    var owners: [Hash256: Int] = [:]
    for object in results.flatMap(\.objects) { owners[object, default: 0] += 1 }
    var victims: [StoredResult] = []
    for result in ordered(results, now: now) where result.objects.isDisjoint(with: kept) {
      if total <= limit { break }
      for object in result.objects {
        owners[object, default: 0] -= 1
        if owners[object] == 0 { total -= sizes[object] ?? 0 }
      }
      victims.append(result)
    }
    return victims
  }

  /// The least worth first.
  private static func ordered(_ results: [StoredResult], now: Int) -> [StoredResult] {
    results.map { (result: $0, worth: $0.worth(at: now)) }
      .sorted { ($0.worth, $0.result.lastUse) < ($1.worth, $1.result.lastUse) }
      .map(\.result)
  }
}

extension StoredResult {
  /// Uses within one minute count as one.
  private static let leastAge = 60_000_000_000

  /// A use in the future is one under a clock that was wrong: it counts by its distance too, so
  /// that it is neither worth most for ever nor nothing.
  fileprivate func worth(at now: Int) -> Double {
    let age = max(FileStamp.distance(from: lastUse, to: now), Self.leastAge)
    let cost = seconds.isFinite ? max(seconds, 0) : 0
    return cost / Double(max(byteCount, 1)) / Double(age)
  }
}
