/// The documentation of a kind of node for editors and for the web.
extension NodePage {
  /// What an editor shows at the kind's name.
  var hover: String {
    [about, Self.sentence("Takes", inputs), Self.sentence("Gives", outputs)]
      .compactMap(\.self).joined(separator: "\n\n")
  }

  private static func sentence(_ verb: String, _ ports: [Port]) -> String? {
    guard !ports.isEmpty else { return nil }
    return verb + " " + ports.map { "`\($0.name)` (\($0.type))" }.joined(separator: ", ") + "."
  }

  /// A page, with the graph's part that uses such a node.
  func markdown(example: String) -> String {
    """
    # \(name)

    \(about)

    ```yaml
    \(example)
    ```

    \(inputTable)## Outputs

    \(Markdown.table(["name", "type", ""], outputs.map { ["`\($0.name)`", "`\($0.type)`", $0.about] }))

    Version \(version). [All nodes](README.md)

    """
  }

  private var inputTable: String {
    guard !inputs.isEmpty else { return "" }
    let rows = inputs.map { port in
      ["`\(port.name)`", "`\(port.type)`", port.fallback, port.limits, port.about]
    }
    return "## Inputs\n\n" + Markdown.table(["name", "type", "default", "values", ""], rows)
      + "\n\n"
  }
}

extension NodePage.Port {
  /// What an editor shows at the port's name.
  var hover: String {
    let facts = ["`\(type)`", limits, `default` == nil ? fallback : "default \(fallback)"]
    return about + "\n\n" + facts.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The default, or whether the port may be left out.
  fileprivate var fallback: String {
    guard let `default` else { return required == true ? "required" : "optional" }
    return `default`.isEmpty ? "`\"\"`" : "`\(`default`)`"
  }

  /// The words or the numbers that are taken; empty for any.
  fileprivate var limits: String {
    if let choices { return choices.map { "`\($0)`" }.joined(separator: ", ") }
    guard let minimum, let maximum else { return "" }
    return "\(Self.number(minimum)) to \(Self.number(maximum))"
  }
}

/// The few forms of Markdown that have traps.
enum Markdown {
  /// A table of cells on one line each.
  static func table(_ head: [String], _ rows: [[String]]) -> String {
    let rule = head.map { _ in "---" }
    return ([head, rule] + rows).map { row in
      "| " + row.map(cell).joined(separator: " | ") + " |"
    }
    .joined(separator: "\n")
  }

  /// A bar would end the cell, even inside code.
  private static func cell(_ text: String) -> String {
    String(text.map { $0 == "\n" ? " " : $0 }).split(
      separator: "|", omittingEmptySubsequences: false
    )
    .joined(separator: "\\|")
  }
}
