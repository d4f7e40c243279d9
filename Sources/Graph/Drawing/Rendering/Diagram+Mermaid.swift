extension Diagram {
  /// The diagram as a Mermaid flowchart.
  public var mermaid: String {
    var lines = ["---", "title: \(yamlQuoted(title))", "---", "flowchart LR"]
    lines += outline(
      box: { "b\($0)\(boxes[$0].mermaidShape)" },
      opening: { "subgraph \($0) [\($1.mermaidQuoted)]" }, closing: "end")
    for edge in edges {
      let arrow = isConditional(edge) ? "-.->" : "-->"
      let label = port(of: edge).type.description.mermaidQuoted
      lines.append("  b\(edge.source) \(arrow)|\(label)| b\(edge.target)")
    }
    let conditional = boxes.indices.filter { boxes[$0].isConditional }
    if !conditional.isEmpty {
      lines.append("  classDef conditional stroke-dasharray: 5 4")
      lines.append("  class \(conditional.map { "b\($0)" }.joined(separator: ",")) conditional")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A double-quoted scalar: graph titles may have anything in them.
  private func yamlQuoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case " "..."~", "\u{A0}"...: String(scalar)
      default: " "
      }
    }
    return "\"\(escaped.joined())\""
  }
}

extension Diagram.Box {
  fileprivate var mermaidShape: String {
    kind == .node
      ? "[\"\(label.mermaidEscaped)<br/>\(subtitle.mermaidEscaped)\"]"
      : "([\(label.mermaidQuoted)])"
  }
}

extension String {
  fileprivate var mermaidQuoted: String { "\"\(mermaidEscaped)\"" }

  /// As it stands between quotation marks: whatever Mermaid or Markdown could take for markup is written
  /// by its number, and lines are joined.
  fileprivate var mermaidEscaped: String {
    unicodeScalars.map { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", ",", ".", "-", "_", "/", ":", "=", "(", ")",
        "\u{A0}"...:
        String(scalar)
      case "\0"..."\u{1F}": " "
      default: "#\(scalar.value);"
      }
    }
    .joined()
  }
}
