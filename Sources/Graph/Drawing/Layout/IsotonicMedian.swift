/// Places things along a line in a given order, each as near as can be to where it is wanted.
///
/// Minimises the sum over all wishes of `weight * |place - wish|` such that places never decrease: isotonic
/// regression by medians, solved by pooling adjacent violators (Ayer, Brunk, Ewing, Reid and Silverman
/// 1955; Robertson and Waltman 1968 for medians).
enum IsotonicMedian {
  /// Where a thing is wanted.
  struct Wish {
    var place: Double
    var weight: Double
  }

  /// The places. Each thing needs at least one wish.
  static func places(for wishes: [[Wish]]) -> [Double] {
    // The lowest and the highest solution are both optimal; so is what lies midway between, because
    // the sum is convex.
    zip(places(for: wishes, isLow: true), places(for: wishes, isLow: false)).map { ($0 + $1) / 2 }
  }

  private static func places(for wishes: [[Wish]], isLow: Bool) -> [Double] {
    var blocks: [Block] = []
    for wish in wishes {
      var block = Block(count: 1, wishes: wish.sorted { $0.place < $1.place }, isLow: isLow)
      while let last = blocks.last, last.median > block.median {
        block = last.merged(with: block, isLow: isLow)
        blocks.removeLast()
      }
      blocks.append(block)
    }
    return blocks.flatMap { Array(repeating: $0.median, count: $0.count) }
  }

  /// Neighbours that share a place.
  private struct Block {
    var count: Int
    /// By place.
    var wishes: [Wish]
    var median: Double

    init(count: Int, wishes: [Wish], isLow: Bool) {
      self.count = count
      self.wishes = wishes
      let half = wishes.reduce(0) { $0 + $1.weight } / 2
      var sum = 0.0
      // The last wish stands in where rounding leaves the sum below the half.
      median = wishes.last?.place ?? 0
      for wish in wishes {
        sum += wish.weight
        if isLow ? sum >= half : sum > half {
          median = wish.place
          break
        }
      }
    }

    func merged(with other: Block, isLow: Bool) -> Block {
      var merged: [Wish] = []
      merged.reserveCapacity(wishes.count + other.wishes.count)
      var (left, right) = (wishes[...], other.wishes[...])
      while let first = left.first, let second = right.first {
        merged.append(first.place <= second.place ? left.removeFirst() : right.removeFirst())
      }
      return Block(count: count + other.count, wishes: merged + left + right, isLow: isLow)
    }
  }
}
