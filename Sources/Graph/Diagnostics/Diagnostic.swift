/// One finding about a graph: a plain value that a renderer turns into text or JSON.
public struct Diagnostic: Hashable, Sendable {
  /// Whether the graph can be run all the same.
  public enum Severity: String, Hashable, Sendable {
    case error
    case warning
  }

  /// A second place that the message speaks of, with a few words on it.
  public struct Label: Hashable, Sendable {
    /// The place.
    public var span: SourceSpan
    /// A few words, without a full stop.
    public var text: String

    /// The words `text` on the place `span`.
    public init(span: SourceSpan, text: String) {
      self.span = span
      self.text = text
    }
  }

  /// Whether the graph can be run all the same.
  public var severity: Severity
  /// The kind of finding.
  public var code: DiagnosticCode
  /// One sentence, without a full stop, that names things as the author wrote them.
  public var message: String
  /// Where the mistake is.
  public var span: SourceSpan
  /// A few words under the marked place, such as "did you mean `text`?".
  public var label: String?
  /// Further places, in the order in which they are shown.
  public var others: [Label]
  /// Sentences that explain, without full stops.
  public var notes: [String]
  /// What to do about it.
  public var help: String?

  /// A finding at a place, of the severity of its code.
  public init(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan, label: String? = nil,
    others: [Label] = [], notes: [String] = [], help: String? = nil
  ) {
    severity = code.severity
    self.code = code
    self.message = message
    self.span = span
    self.label = label
    self.others = others
    self.notes = notes
    self.help = help
  }
}
