extension Diagram {
  /// The diagram in Graphviz's language.
  public var dot: String {
    var lines = [
      "digraph {",
      "  graph [rankdir=LR, label=\(title.dotQuoted), labelloc=t, fontname=\"sans-serif\"]",
      "  node [shape=box, style=rounded, fontname=\"sans-serif\"]",
      "  edge [fontname=\"monospace\", fontsize=10]",
    ]
    lines += outline(
      box: { "b\($0) [\(boxes[$0].dotAttributes)]" },
      opening: { "subgraph cluster_\($0) { label=\($1.dotQuoted)" }, closing: "}")
    for edge in edges {
      let style = isConditional(edge) ? ", style=dashed" : ""
      let label = port(of: edge).type.description.dotQuoted
      lines.append("  b\(edge.source) -> b\(edge.target) [label=\(label)\(style)]")
    }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }
}

extension Diagram.Box {
  fileprivate var dotAttributes: String {
    let style = isConditional ? ", style=\"rounded,dashed\"" : ""
    switch kind {
    case .node: return "label=\("\(label)\n\(subtitle)".dotQuoted)\(style)"
    case .input: return "label=\(label.dotQuoted), shape=ellipse, style=solid"
    case .output: return "label=\(label.dotQuoted), shape=ellipse, style=bold"
    }
  }
}

extension String {
  /// A quoted string, in which only `"` and `\` mean something.
  fileprivate var dotQuoted: String {
    let escaped = unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\0"..."\u{1F}": " "
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
