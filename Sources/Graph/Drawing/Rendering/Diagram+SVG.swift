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
      viewBox="0 0 \(width) \(height)" role="img">
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
      let title = frame.title + (frame.count > 1 ? " ×\(frame.count)" : "")
      let isOdd = frame.name.utf8.count { $0 == UInt8(ascii: "/") } % 2 == 1
      return """
        <g class="\(isOdd ? "frame odd" : "frame")">\(rectangle(place, radius: 10))\
        \(text(title, at: Point(x: place.x + 12, y: place.y + 19), style: "frame-title"))</g>
        """
    }
  }

  // MARK: Edges

  private var edges: [String] {
    diagram.edges.indices.map(edge) + diagram.boxes.indices.flatMap(labels)
  }

  private func edge(_ index: Int) -> String {
    let edge = diagram.edges[index]
    let (source, target) = (diagram.boxes[edge.source], diagram.boxes[edge.target])
    let port = diagram.port(of: edge)
    let rails = layout.routes[index]
    guard let end = rails.last else { return "" }
    let dashed = diagram.isConditional(edge) ? " conditional" : ""
    let from = source.kind == .node ? "\(source.name).\(port.name)" : source.name
    let to = target.kind == .node ? "\(target.name).\(target.inputs[edge.input])" : target.name
    return """
      <g class="edge \(port.type.colorName)\(dashed)">\
      <title>\("\(from) → \(to): \(port.type)".escapedForXML)</title>\
      <path class="line" d="\(Self.path(rails))"/>\
      <path class="head" d="M\(end.end.spelled) \(end.y.spelled)l-8 -3.5v7z"/></g>
      """
  }

  /// Level stretches joined by curves that begin and end level. The line ends inside the arrowhead.
  private static func path(_ rails: [Rail]) -> String {
    var path = ""
    var last: Rail?
    for (index, rail) in rails.enumerated() {
      if let last {
        let middle = (last.end + rail.start) / 2
        path +=
          "C\(middle.spelled) \(last.y.spelled) \(middle.spelled) \(rail.y.spelled) "
          + "\(rail.start.spelled) \(rail.y.spelled)"
      } else {
        path += "M\(rail.start.spelled) \(rail.y.spelled)"
      }
      path += "H\((index == rails.count - 1 ? rail.end - 4 : rail.end).spelled)"
      last = rail
    }
    return path
  }

  private func labels(of box: Int) -> [String] {
    zip(diagram.boxes[box].outputs, zip(metrics[box].labels, layout.labels[box])).map {
      port, label in
      text(
        label.0, at: Point(x: label.1.x, y: label.1.bottom - 2),
        style: "label \(port.type.colorName)")
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
      : [6.0, 3.0].map { offset in
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
