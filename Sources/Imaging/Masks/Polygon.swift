/// What is inside a polygon whose sides cross each other.
public enum FillRule: String, Sendable, CaseIterable {
  /// What an outline goes round at all: crossings upwards and downwards do not cancel out.
  case nonzero
  /// What is reached over an odd number of sides: holes are where the polygon covers itself twice.
  case evenOdd = "even-odd"
}

/// A closed line through points, the last joined to the first.
public struct Polygon: PlaneShape {
  private let points: [Point]
  private let rule: FillRule

  /// Fewer than three points cover nothing.
  public init(_ points: [Point], rule: FillRule = .nonzero) {
    (self.points, self.rule) = (points, rule)
  }

  /// The parts between crossings, in their order.
  public func spans(at y: Double) -> [ClosedRange<Double>] {
    var spans: [ClosedRange<Double>] = []
    var winding = 0
    var start = 0.0
    for crossing in crossings(at: y) {
      let wasInside = isInside(winding)
      winding += crossing.direction
      if !wasInside, isInside(winding) { start = crossing.x }
      if wasInside, !isInside(winding) { spans.append(start...max(start, crossing.x)) }
    }
    return spans
  }

  private func isInside(_ winding: Int) -> Bool {
    rule == .nonzero ? winding != 0 : !winding.isMultiple(of: 2)
  }

  /// Where sides cross the line, from left to right. A side owns its upper end, not its lower one, so
  /// that a line through a corner is counted once.
  private func crossings(at y: Double) -> [(x: Double, direction: Int)] {
    var crossings: [(x: Double, direction: Int)] = []
    for (index, end) in points.enumerated() {
      let start = points[index == 0 ? points.count - 1 : index - 1]
      guard (start.y <= y) != (end.y <= y) else { continue }
      let x = start.x + (y - start.y) / (end.y - start.y) * (end.x - start.x)
      crossings.append((x, start.y <= y ? 1 : -1))
    }
    return crossings.sorted { $0.x < $1.x }
  }
}
