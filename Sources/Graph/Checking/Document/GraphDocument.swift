/// A graph file as its author wrote it: names and values not yet looked up.
struct GraphDocument: Sendable {
  var source: SourceText
  var title: String?
  var about: String?
  var inputs: [InputDeclaration] = []
  var nodes: [NodeDeclaration] = []
  var outputs: [OutputDeclaration] = []
  /// The kinds of warning that are not wanted anywhere in the file.
  var allow: [Word] = []
  /// False where a part of the file could not be read, so that a name that is not found may well
  /// have been meant by the author.
  var namesAreComplete = true

  /// The names of inputs and nodes that something refers to.
  var referredNames: Set<String> {
    var names: Set<String> = []
    for node in nodes { names.formUnion(node.referredNames) }
    for output in outputs { output.value.collectNames(into: &names) }
    return names
  }

  /// Paths in the file are relative to this.
  var folder: String { PathText.folder(of: source.file) }
}

/// An input of a graph: a port, when the graph is used as a node.
struct InputDeclaration: Sendable {
  var name: String
  var span: SourceSpan
  /// Nil where the declaration is broken.
  var port: PortSchema?

  /// The default, where there is one.
  var fallback: Literal? {
    if case .defaulted(let value)? = port?.presence { value } else { nil }
  }
}

/// A node of a graph.
struct NodeDeclaration: Sendable {
  var name: String
  var span: SourceSpan
  /// Nil where it is missing or broken.
  var uses: Word?
  var values: [PortAssignment]
  /// What decides whether the node is needed at all.
  var when: WrittenValue?
  /// The lists that the node is mapped over, outermost first; each axis has the lists that go in step.
  var each: [[ElementSource]] = []
  /// Whether something under `each` could not be read: what the elements are called is not known.
  var hasBrokenLists = false
  /// The kinds of warning that are not wanted here.
  var allow: [Word] = []
  /// From the name to the end of what is written for the node.
  var whole: SourceSpan

  /// Elements of which nothing is known: whoever uses them is not blamed.
  var unknownElements: [String: Term?] {
    Dictionary(each.joined().map { ($0.name, nil) }) { first, _ in first }
  }

  /// The names that the node refers to, those of the elements of its lists aside.
  var referredNames: Set<String> {
    var names: Set<String> = []
    for value in values { value.value.collectNames(into: &names) }
    for source in each.joined() { names.remove(source.name) }
    for source in each.joined() { source.list.collectNames(into: &names) }
    when?.collectNames(into: &names)
    return names
  }

  /// The references of all that is written for the node, those to the elements of its lists aside.
  var references: [Reference] {
    let elements = Set(each.joined().map(\.name))
    let own = values.flatMap(\.value.expressions).flatMap(\.references)
      .filter { !elements.contains($0.name) }
    let lists = each.joined().flatMap(\.list.expressions).flatMap(\.references)
    return own + lists + (when?.expressions.flatMap(\.references) ?? [])
  }
}

/// A list under `each`, and what its elements are called.
struct ElementSource: Sendable {
  var name: String
  var span: SourceSpan
  var list: WrittenValue
}

/// A word with its place.
struct Word: Sendable {
  var text: String
  var span: SourceSpan
}

/// What a node's author gives to a port.
struct PortAssignment: Sendable {
  var port: String
  var portSpan: SourceSpan
  var value: WrittenValue
}

/// An output of a graph.
struct OutputDeclaration: Sendable {
  var name: String
  var span: SourceSpan
  var value: WrittenValue

  init(name: String, span: SourceSpan, value: WrittenValue) {
    self.name = name
    self.span = span
    self.value = value
  }

  /// The same output with one of its list's elements.
  init(_ output: OutputDeclaration, element: WrittenValue) {
    self.init(name: output.name, span: output.span, value: element)
  }
}

/// A value as it was written.
struct WrittenValue: Sendable {
  indirect enum Form: Sendable {
    case template(Template, isPlain: Bool)
    case list([WrittenValue])
    case fields([(key: Word, value: WrittenValue)])
    /// Refused, with a finding.
    case refused
  }

  var form: Form
  var span: SourceSpan

  /// Adds the names of all references inside.
  func collectNames(into names: inout Set<String>) {
    for expression in expressions { expression.collectNames(into: &names) }
  }

  /// Every expression inside.
  var expressions: [Expression] {
    switch form {
    case .template(let template, _): template.expressions
    case .list(let elements): elements.flatMap(\.expressions)
    case .fields(let fields): fields.flatMap(\.value.expressions)
    case .refused: []
    }
  }
}
