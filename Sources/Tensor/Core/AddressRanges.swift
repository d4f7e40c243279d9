/// Ranges of addresses, sorted; no two overlap or touch.
struct AddressRanges: Sendable {
  private(set) var ranges: [Range<Int>] = []
  /// What they cover together, in bytes.
  private(set) var byteCount = 0

  init(_ range: Range<Int>) { insert(range) }

  /// The lowest place that takes `count` bytes.
  func firstFit(_ count: Int) -> Range<Int>? {
    ranges.first { $0.count >= count }.map { $0.lowerBound..<$0.lowerBound + count }
  }

  /// Adds a range that overlaps none of these, and joins it with its neighbours.
  mutating func insert(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    byteCount += range.count
    let first = index(endingAtOrAfter: range.lowerBound)
    var (last, joined) = (first, range)
    if last < ranges.count, ranges[last].upperBound == range.lowerBound {
      joined = ranges[last].lowerBound..<joined.upperBound
      last += 1
    }
    if last < ranges.count, ranges[last].lowerBound == range.upperBound {
      joined = joined.lowerBound..<ranges[last].upperBound
      last += 1
    }
    ranges.replaceSubrange(first..<last, with: CollectionOfOne(joined))
  }

  /// Takes away whatever of a range is there.
  mutating func remove(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let first = index(endingAtOrAfter: range.lowerBound + 1)
    var last = first
    var rest: [Range<Int>] = []
    while last < ranges.count, ranges[last].lowerBound < range.upperBound {
      let old = ranges[last]
      byteCount -= old.clamped(to: range).count
      if old.lowerBound < range.lowerBound { rest.append(old.lowerBound..<range.lowerBound) }
      if old.upperBound > range.upperBound { rest.append(range.upperBound..<old.upperBound) }
      last += 1
    }
    if last > first { ranges.replaceSubrange(first..<last, with: rest) }
  }

  /// How many bytes of a range are among these.
  func overlap(with range: Range<Int>) -> Int {
    var (index, sum) = (index(endingAtOrAfter: range.lowerBound + 1), 0)
    while index < ranges.count, ranges[index].lowerBound < range.upperBound {
      sum += ranges[index].clamped(to: range).count
      index += 1
    }
    return sum
  }

  /// The first of the ranges that ends at an address or behind it.
  private func index(endingAtOrAfter address: Int) -> Int {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < address { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
