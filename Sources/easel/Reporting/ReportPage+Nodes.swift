import Engine
import Graph

/// The table of nodes.
extension ReportPage {
  private static let columns = [
    ("node", false), ("kind", false), ("state", false), ("time", true), ("peak memory", true),
    ("size", true), ("remark", false),
  ]

  var nodes: String {
    let head = Self.columns.map { title, isNumber in
      #"<th scope="col"\#(isNumber ? #" class="number""# : "")>\#(title)</th>"#
    }.joined()
    let rows = report.nodes.map(rows).joined(separator: "\n")
    return section(
      "Nodes", "<table>\n<thead><tr>\(head)</tr></thead>\n\(rows)\n</table>", style: "nodes")
  }

  /// A row of facts, and one of what goes in and comes out.
  private func rows(of node: RunReport.Node) -> String {
    let time = node.seconds.map { RunEvent.describe($0) } ?? ""
    let peak = node.peakBytes.flatMap { $0 > 0 ? ByteSize.describe($0) : nil } ?? ""
    let size = node.bytes.map(ByteSize.describe) ?? ""
    return """
      <tbody id="\(anchors[node.id] ?? "")">
      <tr class="facts"><th scope="row">\(node.id.path.escapedForXML)</th>\
      <td><code>\(node.uses.escapedForXML)</code></td><td>\(Self.badge(node.state))</td>\
      <td class="number">\(time)</td><td class="number">\(peak)</td><td class="number">\(size)</td>\
      <td>\((node.remark ?? "").escapedForXML)</td></tr>
      <tr class="values"><td colspan="7">\(inputs(of: node))\(pictures(of: node))</td></tr>
      </tbody>
      """
  }

  private func inputs(of node: RunReport.Node) -> String {
    let items = node.inputs.map { input in
      let words = input.binding.map(phrase).joined()
      return "<div><dt>\(input.port.escapedForXML)</dt><dd>\(words)</dd></div>"
    }
    return items.isEmpty ? "" : #"<dl class="ports">\#(items.joined())</dl>"#
  }

  private func phrase(_ phrase: BindingPhrase) -> String {
    switch phrase {
    case .text(let text): return text.escapedForXML
    case .reference(let reference):
      let name = "\(reference.node).\(reference.port)".escapedForXML
      return anchors[reference.node].map { ##"<a href="#\##($0)">\##(name)</a>"## } ?? name
    }
  }

  private func pictures(of node: RunReport.Node) -> String {
    let figures = node.outputs.flatMap { output -> [String] in
      let caption =
        "<code>\(output.port.escapedForXML)</code> \(output.type.description.escapedForXML)"
      if let text = output.text {
        return ["<figure><figcaption>\(caption): \(text.escapedForXML)</figcaption></figure>"]
      }
      return output.thumbnails.map {
        let picture = image($0, of: "\(node.id).\(output.port)")
        return "<figure>\(picture)<figcaption>\(caption)</figcaption></figure>"
      }
    }
    return figures.isEmpty ? "" : #"<div class="pictures">\#(figures.joined())</div>"#
  }
}
