import Testing

@testable import Graph

/// The steps of the layered layout, on graphs whose best drawing is known.
struct LayeringTests {
  private func level(_ count: Int, _ pairs: [(Int, Int)]) -> Level {
    let item = Level.Item(
      width: 10, height: 10, bodyWidth: 10, inputs: [5], outputs: [5])
    return Level(
      items: Array(repeating: item, count: count),
      edges: pairs.map { Level.Edge(source: $0.0, output: 0, target: $0.1, input: 0) })
  }

  @Test func everyEdgeLeadsToALaterLayer() {
    let level = level(6, [(0, 1), (1, 2), (0, 3), (3, 2), (4, 2), (2, 5)])
    let layering = Layering(level)
    #expect(layering.layers == [0, 1, 2, 1, 1, 3])
    #expect(layering.backward.isEmpty)
  }

  @Test func anEdgeThatClosesACircleIsFound() {
    let layering = Layering(level(3, [(0, 1), (1, 2), (2, 0)]))
    #expect(layering.backward == [Level.Edge(source: 2, output: 0, target: 0, input: 0)])
  }

  @Test func crossingsThatNeedNotBeAreGone() {
    // A tree whose leaves are numbered the wrong way round.
    let level = level(7, [(0, 2), (0, 1), (1, 6), (1, 5), (2, 4), (2, 3)])
    let layered = Ordering.ordered(LayeredLevel(level, Layering(level)))
    let places = Dictionary(
      uniqueKeysWithValues: layered.layers.joined().enumerated().map { ($1, $0) })
    for segments in layered.segments {
      for a in segments {
        for b in segments where places[a.source, default: 0] < places[b.source, default: 0] {
          #expect(places[a.target, default: 0] < places[b.target, default: 0])
        }
      }
    }
  }

  @Test func aChainIsStraight() {
    let layout = LevelLayout(level(5, [(0, 1), (1, 2), (2, 3), (3, 4), (0, 4)]))
    #expect(Set(layout.places.map(\.y)).count <= 2)
    #expect(layout.places.map(\.x) == layout.places.map(\.x).sorted())
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>) func mediansAreTheBest(seed: UInt64) {
    var generator = SeededGenerator(state: seed)
    let wishes = (0..<4).map { _ in
      (0..<Int.random(in: 1...3, using: &generator)).map { _ in
        IsotonicMedian.Wish(
          place: Double(Int.random(in: 0...5, using: &generator)),
          weight: Double(Int.random(in: 1...3, using: &generator)))
      }
    }
    func cost(_ places: [Double]) -> Double {
      zip(places, wishes).reduce(0) { sum, pair in
        pair.1.reduce(sum) { $0 + $1.weight * abs($1.place - pair.0) }
      }
    }
    let found = IsotonicMedian.places(for: wishes)
    #expect(found == found.sorted())
    // Some best solution has all its places among the wishes.
    var least = Double.infinity
    for code in 0..<1296 {
      let places = [code / 216, code / 36 % 6, code / 6 % 6, code % 6].map(Double.init)
      if places == places.sorted() { least = min(least, cost(places)) }
    }
    #expect(cost(found) == least)
  }
}
