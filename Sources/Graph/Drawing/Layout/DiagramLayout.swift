/// Where everything of a diagram is drawn.
struct DiagramLayout {
  var size: Point
  /// By box.
  var boxes: [Rectangle]
  /// By frame.
  var frames: [Rectangle]
  /// By box: the label of each output.
  var labels: [[Rectangle]]
  /// By edge, from the right of a box to the left of another.
  var routes: [[Rail]]

  static let margin = 16.0
  static let titleHeight = 34.0
  private static let leastWidth = 420.0

  /// Frames are laid out on their own, from the inside out, and are boxes for what is around them.
  /// Inputs that nothing is known to take stand in lines above.
  init(_ diagram: Diagram) {
    let metrics = diagram.boxes.map(BoxMetrics.init)
    var nest = LevelNest(diagram, metrics)
    nest.layOut()
    let strip = InputStrip(
      nest.loose.map { (box: $0, width: metrics[$0].width, height: metrics[$0].height) },
      width: max(nest.outermost.width, Self.leastWidth))
    let corner = Point(x: Self.margin, y: Self.margin + Self.titleHeight)
    let origin = corner + Point(x: 0, y: strip.height)
    let origins = nest.origins(from: origin)
    frames = nest.frames(origins)
    boxes = diagram.boxes.indices.map { box in
      nest.place(of: box, origins) ?? strip.places[box]?.moved(by: corner)
        ?? Rectangle(x: corner.x, y: corner.y, width: 0, height: 0)
    }
    routes = nest.routes(origins)
    labels = zip(boxes, metrics).map { box, metrics in Self.labels(beside: box, metrics) }
    let title = TextWidth.proportional(
      TextWidth.shortened(diagram.title, to: 80), size: 16)
    size = Point(
      x: max(nest.outermost.width, strip.width, title) + 2 * Self.margin,
      y: origin.y + nest.outermost.height + Self.margin)
  }

  private static func labels(beside box: Rectangle, _ metrics: BoxMetrics) -> [Rectangle] {
    metrics.labels.enumerated().map { index, label in
      Rectangle(
        x: box.right + metrics.labelStart,
        y: box.y + metrics.row(index) - BoxMetrics.labelRise - BoxMetrics.smallSize + 2,
        width: TextWidth.monospaced(label, size: BoxMetrics.smallSize),
        height: BoxMetrics.smallSize)
    }
  }
}

/// Inputs in lines.
private struct InputStrip {
  var places: [Int: Rectangle] = [:]
  var width = 0.0
  var height = 0.0

  private static let gap = 8.0

  init(_ items: [(box: Int, width: Double, height: Double)], width limit: Double) {
    var corner = Point(x: 0, y: 0)
    for item in items {
      if corner.x > 0, corner.x + item.width > limit {
        corner = Point(x: 0, y: corner.y + item.height + Self.gap)
      }
      places[item.box] = Rectangle(
        x: corner.x, y: corner.y, width: item.width, height: item.height)
      corner.x += item.width + Self.gap
      width = max(width, corner.x - Self.gap)
      height = corner.y + item.height + 18
    }
  }
}
