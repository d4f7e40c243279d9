extension Diagram {
  /// What is said of a box beside what the graph says of it.
  public struct Decoration: Sendable {
    /// A class of the box for style sheets.
    public var style: String?
    /// Where a click on the box leads.
    public var link: String?
    /// A line of the box's tooltip.
    public var note: String?

    /// A decoration of these parts.
    public init(style: String? = nil, link: String? = nil, note: String? = nil) {
      self.style = style
      self.link = link
      self.note = note
    }
  }

  /// A picture that needs nothing else: an SVG document, from left to right, in light colours or dark
  /// ones as the reader prefers. `decorations` are by index of the box.
  public func svg(decorations: [Int: Decoration] = [:]) -> String {
    SVGWriter(self, decorations).document
  }
}

/// Writes a diagram as SVG.
private struct SVGWriter {
  private let diagram: Diagram
  private let decorations: [Int: Diagram.Decoration]
  private let layout: DiagramLayout
  private let metrics: [BoxMetrics]

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

  private func text(_ text: String, at place: Point, style: String) -> String {
    #"<text class="\#(style)" x="\#(place.x.spelled)" y="\#(place.y.spelled)">\#(text.escapedForXML)</text>"#
  }

  private func rectangle(_ place: Rectangle, radius: Double, style: String = "") -> String {
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

  // MARK: Boxes

  private var boxes: [String] { diagram.boxes.indices.map(box) }

  private func box(_ index: Int) -> String {
    let box = diagram.boxes[index]
    let decoration = decorations[index]
    let style = ["box", box.kind.style, box.isConditional ? "conditional" : nil, decoration?.style]
      .compactMap(\.self).joined(separator: " ")
    let content = metrics[index].isPill ? pill(index) : node(index)
    let group = """
      <g class="\(style.escapedForXML)"><title>\(tooltip(index).escapedForXML)</title>\(content)</g>
      """
    return decoration?.link.map { #"<a href="\#($0.escapedForXML)">\#(group)</a>"# } ?? group
  }

  private func tooltip(_ index: Int) -> String {
    let box = diagram.boxes[index]
    let count = box.count > 1 ? " ×\(box.count)" : ""
    let note = decorations[index]?.note.map { [$0] } ?? []
    return (["\(box.name): \(box.subtitle)\(count)"] + note + box.details).joined(separator: "\n")
  }

  private func pill(_ index: Int) -> String {
    let (place, metrics) = (layout.boxes[index], metrics[index])
    let base = place.y + place.height / 2 + 4
    let title = text(
      metrics.title, at: Point(x: place.x + 1.2 * BoxMetrics.padding, y: base), style: "name")
    let value = Point(x: place.x + metrics.subtitleStart, y: base)
    return rectangle(place, radius: place.height / 2) + title
      + (metrics.subtitle.isEmpty ? "" : text(metrics.subtitle, at: value, style: "kind"))
  }

  private func node(_ index: Int) -> String {
    let (place, metrics) = (layout.boxes[index], metrics[index])
    let shadows =
      metrics.mark == nil
      ? []
      : [5.0, 2.5].map { offset in
        rectangle(place.moved(by: Point(x: offset, y: -offset)), radius: 7)
      }
    let left = place.x + BoxMetrics.padding
    let right = place.right - BoxMetrics.padding
    var parts =
      shadows + [
        rectangle(place, radius: 7),
        text(metrics.title, at: Point(x: left, y: place.y + 17), style: "name"),
        text(metrics.subtitle, at: Point(x: left, y: place.y + 31), style: "kind"),
      ]
    if let mark = metrics.mark {
      parts.append(text(mark, at: Point(x: right, y: place.y + 17), style: "mark end"))
    }
    for (row, input) in metrics.inputs.enumerated() {
      parts.append(
        text(input, at: Point(x: left, y: place.y + metrics.row(row) + 4), style: "port"))
    }
    for (row, output) in metrics.outputs.enumerated() {
      parts.append(
        text(output, at: Point(x: right, y: place.y + metrics.row(row) + 4), style: "port end"))
    }
    return parts.joined()
  }
}

extension Diagram.Box.Kind {
  fileprivate var style: String {
    switch self {
    case .input: "input"
    case .node: "node"
    case .output: "output"
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
  fileprivate var spelled: String {
    let tenths = Int((self * 10).rounded())
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return (tenths < 0 ? "-" : "") + (rest == 0 ? "\(whole)" : "\(whole).\(rest)")
  }
}
