/// Tracks of one kind, each with one thing at a time.
struct TraceLanes {
  /// By lane: when it is free again; `Int.max` while nobody knows.
  private var ends: [Int] = []

  /// The first lane that is free from `start` on, taken until `release`.
  mutating func take(from start: Int) -> Int {
    let lane = ends.firstIndex { $0 <= start } ?? ends.count
    if lane == ends.count { ends.append(.max) }
    ends[lane] = .max
    return lane
  }

  /// The first lane that is free from the beginning of `time` on, taken for all of it.
  mutating func place(_ time: Range<Int>) -> Int {
    let lane = take(from: time.lowerBound)
    release(lane, at: time.upperBound)
    return lane
  }

  mutating func release(_ lane: Int, at end: Int) { ends[lane] = end }
}
