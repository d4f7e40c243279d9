/// One finding about a graph: a plain value that a renderer turns into text or JSON.
public struct Diagnostic: Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable {
    case error
    case warning
  }

  /// A second place that the message speaks of, with a few words on it.
  public struct Label: Hashable, Sendable {
    public var span: SourceSpan
    public var text: String

    public init(span: SourceSpan, text: String) {
      self.span = span
      self.text = text
    }
  }

  public var severity: Severity
  public var code: DiagnosticCode
  /// One sentence, without a full stop, that names things as the author wrote them.
  public var message: String
  public var span: SourceSpan
  /// A few words under the marked place, such as "did you mean `text`?".
  public var label: String?
  public var others: [Label]
  public var notes: [String]
  /// What to do about it.
  public var help: String?

  public init(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan, label: String? = nil,
    others: [Label] = [], notes: [String] = [], help: String? = nil, severity: Severity = .error
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.span = span
    self.label = label
    self.others = others
    self.notes = notes
    self.help = help
  }
}
