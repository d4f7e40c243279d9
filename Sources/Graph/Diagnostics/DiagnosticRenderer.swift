/// Lays findings out as text, each with the line that it is about.
///
///     smile.yaml:14:5: error[unknown-port]: `encode-text` has no input `promt`
///        14 |     promt: ${prompt}
///           |     ^^^^^ did you mean `text`?
///           = help: encode-text takes encoder, text
public struct DiagnosticRenderer: Sendable {
  private let sources: [String: SourceText]
  private let isColored: Bool

  /// A renderer that shows lines of these texts, by file; with `isColored`, in a terminal's colours.
  public init(sources: [String: SourceText], isColored: Bool = false) {
    self.sources = sources
    self.isColored = isColored
  }

  /// The finding's lines, each with its line break.
  public func text(_ finding: Diagnostic) -> String {
    let style: TerminalStyle = finding.severity == .error ? .error : .warning
    let title = "\(finding.severity.rawValue)[\(finding.code.rawValue)]"
    var lines = [
      paint("\(place(finding.span)): ", .strong) + paint(title, style)
        + paint(": \(finding.message)", .strong)
    ]
    lines += excerpt(finding.span, mark: "^", label: finding.label, style: style)
    for other in finding.others {
      lines.append("  \(place(other.span)): \(other.text)")
      lines += excerpt(other.span, mark: "-", label: nil, style: .place)
    }
    lines += finding.notes.map { remark("note", $0) }
    lines += finding.help.map { [remark("help", $0)] } ?? []
    return lines.map { $0 + "\n" }.joined()
  }

  private func place(_ span: SourceSpan) -> String {
    "\(span.file):\(span.start.line):\(span.start.column)"
  }

  /// The first line of the place, with marks under it.
  private func excerpt(
    _ span: SourceSpan, mark: Character, label: String?, style: TerminalStyle
  ) -> [String] {
    guard let source = sources[span.file], !source.text.isEmpty else {
      return label.map { [gutter("") + paint($0, style)] } ?? []
    }
    let excerpt = Excerpt(span, in: source)
    let marks = String(repeating: mark, count: excerpt.markWidth)
    let note = [label, excerpt.continuation].compactMap(\.self).joined(separator: " ")
    let under =
      String(repeating: " ", count: excerpt.indent)
      + paint(
        note.isEmpty ? marks : "\(marks) \(note)", style)
    return [gutter(String(span.start.line)) + excerpt.line, gutter("") + under]
  }

  private func gutter(_ number: String) -> String {
    let padding = String(repeating: " ", count: max(0, Self.gutterWidth - number.count))
    return paint("\(padding)\(number) |", .place) + " "
  }

  private func remark(_ kind: String, _ text: String) -> String {
    let indent = String(repeating: " ", count: Self.gutterWidth + 1)
    return indent + paint("= \(kind):", .place) + " \(text)"
  }

  private func paint(_ text: String, _ style: TerminalStyle) -> String {
    isColored ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  private static let gutterWidth = 5
}

/// How parts of a finding look in a terminal, by the parameters of its escape sequence (ECMA-48 SGR).
private enum TerminalStyle: String {
  case strong = "1"
  case error = "1;31"
  case warning = "1;33"
  case place = "34"
}
