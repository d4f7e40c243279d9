/// A rectangle with horizontal and vertical sides.
public struct Box: PlaneShape {
  private let columns: ClosedRange<Double>
  private let rows: ClosedRange<Double>

  /// In pixels; no side is negative.
  public init(x: Double, y: Double, width: Double, height: Double) {
    columns = x...(x + max(width, 0))
    rows = y...(y + max(height, 0))
  }

  /// One part, or none.
  public func spans(at y: Double) -> [ClosedRange<Double>] { rows.contains(y) ? [columns] : [] }
}

/// An ellipse with horizontal and vertical axes.
public struct Ellipse: PlaneShape {
  private let center: Point
  private let radiusX, radiusY: Double

  /// In pixels; a radius of 0 covers nothing.
  public init(center: Point, radiusX: Double, radiusY: Double) {
    (self.center, self.radiusX, self.radiusY) = (center, radiusX, radiusY)
  }

  /// One part, or none.
  public func spans(at y: Double) -> [ClosedRange<Double>] {
    let distance = (y - center.y) / radiusY
    guard abs(distance) < 1 else { return [] }
    let reach = radiusX * (1 - distance * distance).squareRoot()
    return [(center.x - reach)...(center.x + reach)]
  }
}
