/// A place in a picture, in pixels from its upper left corner.
struct Point: Hashable, Sendable {
  var x: Double
  var y: Double

  static func + (a: Point, b: Point) -> Point { Point(x: a.x + b.x, y: a.y + b.y) }
}

/// An upright rectangle.
struct Rectangle: Hashable, Sendable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var right: Double { x + width }
  var bottom: Double { y + height }

  func moved(by offset: Point) -> Rectangle {
    Rectangle(x: x + offset.x, y: y + offset.y, width: width, height: height)
  }

  /// Whether the two have an area in common.
  func overlaps(_ other: Rectangle) -> Bool {
    x < other.right && other.x < right && y < other.bottom && other.y < bottom
  }
}

/// A level stretch of an edge. Between two of them the edge is a smooth curve.
struct Rail: Hashable, Sendable {
  var start: Double
  var end: Double
  var y: Double

  func moved(by offset: Point) -> Rail {
    Rail(start: start + offset.x, end: end + offset.x, y: y + offset.y)
  }
}
