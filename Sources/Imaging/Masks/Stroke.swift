/// A line of a brush through points: straight between them, with round joints and ends.
public struct Stroke: PlaneShape {
  private let pieces: [Piece]

  /// - Parameters:
  ///   - points: one makes a disc, none nothing.
  ///   - width: across the line, in pixels.
  public init(_ points: [Point], width: Double) {
    let ends = points.count == 1 ? points + points : points
    pieces = zip(ends, ends.dropFirst()).map { Piece(from: $0, to: $1, radius: width / 2) }
  }

  /// Parts that touch are joined.
  public func spans(at y: Double) -> [ClosedRange<Double>] {
    let covered = pieces.filter { $0.rows.contains(y) }.flatMap { $0.spans(at: y) }
    var joined: [ClosedRange<Double>] = []
    for span in covered.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, span.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
      } else {
        joined.append(span)
      }
    }
    return joined
  }

  /// The brush moved from one point to another: a disc at each, and what lies between.
  private struct Piece {
    let rows: ClosedRange<Double>
    private let discs: [Ellipse]
    private let body: Polygon

    init(from start: Point, to end: Point, radius: Double) {
      rows = (min(start.y, end.y) - radius)...(max(start.y, end.y) + radius)
      discs = [start, end].map { Ellipse(center: $0, radiusX: radius, radiusY: radius) }
      let (dx, dy) = (end.x - start.x, end.y - start.y)
      let scale = dx == 0 && dy == 0 ? 0 : radius / (dx * dx + dy * dy).squareRoot()
      let (sideX, sideY) = (-dy * scale, dx * scale)
      body = Polygon([
        Point(x: start.x + sideX, y: start.y + sideY), Point(x: end.x + sideX, y: end.y + sideY),
        Point(x: end.x - sideX, y: end.y - sideY), Point(x: start.x - sideX, y: start.y - sideY),
      ])
    }

    func spans(at y: Double) -> [ClosedRange<Double>] {
      discs.flatMap { $0.spans(at: y) } + body.spans(at: y)
    }
  }
}
