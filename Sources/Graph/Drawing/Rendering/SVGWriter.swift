/// Writes a diagram as SVG.
struct SVGWriter {
  let diagram: Diagram
  let decorations: [Int: Diagram.Decoration]
  let layout: DiagramLayout
  let metrics: [BoxMetrics]

  init(_ diagram: Diagram, _ decorations: [Int: Diagram.Decoration]) {
    self.diagram = diagram
    self.decorations = decorations
    layout = DiagramLayout(diagram)
    metrics = diagram.boxes.map(BoxMetrics.init)
  }

  var document: String {
    let (width, height) = (layout.size.x.spelled, layout.size.y.spelled)
    let head = """
      <svg xmlns="http://www.w3.org/2000/svg" class="easel-graph" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" style="--width: \(width)px" role="img">
      """
    let parts =
      [head, "<title>\(diagram.title.escapedForXML)</title>"]
      + (diagram.about.map { ["<desc>\($0.escapedForXML)</desc>"] } ?? [])
      + [
        "<style>\(Diagram.styleSheet)</style>",
        #"<rect class="paper" width="100%" height="100%"/>"#,
      ]
    return (parts + [heading] + frames + edges + boxes + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  private var heading: String {
    let title = TextWidth.shortened(diagram.title, to: 80)
    let left = DiagramLayout.margin
    return text(title, at: Point(x: left, y: left + 16), style: "heading")
  }

  func text(_ text: String, at place: Point, style: String) -> String {
    #"<text class="\#(style)" x="\#(place.x.spelled)" y="\#(place.y.spelled)">\#(text.escapedForXML)</text>"#
  }

  func rectangle(_ place: Rectangle, radius: Double, style: String = "") -> String {
    let style = style.isEmpty ? "" : #" class="\#(style)""#
    return """
      <rect\(style) x="\(place.x.spelled)" y="\(place.y.spelled)" width="\(place.width.spelled)" \
      height="\(place.height.spelled)" rx="\(radius.spelled)"/>
      """
  }

  // MARK: Frames

  private var frames: [String] {
    zip(diagram.frames, layout.frames).map { frame, place in
      let isOdd = frame.name.utf8.count { $0 == UInt8(ascii: "/") } % 2 == 1
      return """
        <g class="\(isOdd ? "frame odd" : "frame")">\(rectangle(place, radius: 10))\
        \(text(frame.label, at: Point(x: place.x + 12, y: place.y + 19), style: "frame-title"))</g>
        """
    }
  }

  // MARK: Edges

  /// Edges that come from one output share their way, and are drawn together.
  private var edges: [String] {
    let edges = Dictionary(grouping: diagram.edges.indices) { index in
      [diagram.edges[index].source, diagram.edges[index].output]
    }
    return diagram.boxes.indices.flatMap { box in
      diagram.boxes[box].outputs.indices.map { bundle(edges[[box, $0]] ?? [], from: box, $0) }
    }
  }

  private func bundle(_ edges: [Int], from box: Int, _ output: Int) -> String {
    let port = diagram.boxes[box].outputs[output]
    let routes = edges.map { layout.routes[$0] }
    var drawn: Set<String> = []
    let lines = routes.flatMap(Self.pieces).filter { drawn.insert($0).inserted }.joined()
    let heads = Set(routes.compactMap(\.last)).sorted { ($0.end, $0.y) < ($1.end, $1.y) }
      .map { "M\($0.end.spelled) \($0.y.spelled)l-8 -3.5v7z" }.joined()
    let label = layout.labels[box][output]
    let style =
      "edge \(port.type.colorName)\(diagram.boxes[box].isConditional ? " conditional" : "")"
    return """
      <g class="\(style)"><title>\(tooltip(edges, port).escapedForXML)</title>\
      <path class="line" d="\(lines)"/><path class="head" d="\(heads)"/>\
      \(text(metrics[box].labels[output], at: Point(x: label.x, y: label.bottom - 2), style: "label"))</g>
      """
  }

  private func tooltip(_ edges: [Int], _ port: Diagram.Port) -> String {
    guard let first = edges.first else { return "" }
    let source = diagram.boxes[diagram.edges[first].source]
    let targets = edges.map { index in
      let edge = diagram.edges[index]
      let target = diagram.boxes[edge.target]
      return target.kind == .node ? "\(target.name).\(target.inputs[edge.input])" : target.name
    }
    let start = source.kind == .node ? "\(source.name).\(port.name)" : source.name
    return "\(start): \(port.type)\n→ \(targets.joined(separator: ", "))"
  }

  /// Level stretches, and between them curves that begin and end level. The line ends inside the
  /// arrowhead.
  private static func pieces(_ rails: [Rail]) -> [String] {
    rails.indices.flatMap { index in
      let rail = rails[index]
      let isLast = index == rails.count - 1
      let (y, end) = (rail.y.spelled, isLast ? rail.end - 4 : rail.end)
      let level = "M\(rail.start.spelled) \(y)H\(end.spelled)"
      guard !isLast else { return [level] }
      let next = rails[index + 1]
      let (middle, height) = ((rail.end + next.start) / 2, next.y.spelled)
      return [
        level,
        "M\(rail.end.spelled) \(y)C\(middle.spelled) \(y) \(middle.spelled) \(height) "
          + "\(next.start.spelled) \(height)",
      ]
    }
  }
}

extension PortType {
  /// The class that gives an edge its colour: the kind of what it brings, or of one element of it.
  fileprivate var colorName: String {
    switch self {
    case .list(let inside), .optional(let inside): inside.colorName
    case _ where isScalar: "scalar"
    default: kind
    }
  }
}

extension Double {
  /// With one decimal at most.
  var spelled: String {
    let tenths = Int((self * 10).rounded())
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return (tenths < 0 ? "-" : "") + (rest == 0 ? "\(whole)" : "\(whole).\(rest)")
  }
}
