/// The boxes of a drawing.
extension SVGWriter {
  var boxes: [String] { diagram.boxes.indices.map(box) }

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
