/// The names that expressions of one graph can use.
struct Scope {
  enum Entry {
    /// Nil where the input is broken.
    case input(Term?)
    /// Outputs by name; nil where what the node puts out is not known.
    case node([(name: String, term: Term?)]?)
  }

  private var entries: [String: Entry] = [:]
  /// What the names of `each` stand for in one element: they hide others of the same name.
  private var elements: [String: Term?] = [:]
  private var declared: [String]
  private var isDeclared: Set<String>
  /// False where a name that is missing here may well stand in a part of the file that is broken.
  let isComplete: Bool

  /// - Parameter names: What will be added, so that it can be named before it is.
  init(isComplete: Bool, names: [String] = []) {
    self.isComplete = isComplete
    declared = names
    isDeclared = Set(names)
  }

  subscript(name: String) -> Entry? { elements[name].map(Entry.input) ?? entries[name] }

  /// The names that the values of one element of a mapped node can use.
  func with(elements: [String: Term?]) -> Scope {
    guard !elements.isEmpty else { return self }
    var scope = self
    scope.elements = elements
    return scope
  }

  /// The names in the order of the file, those of `each` last.
  var names: [String] { declared + elements.keys.sorted().filter { entries[$0] == nil } }

  /// Adds a name; the first of two that are the same stays.
  mutating func add(_ name: String, _ entry: Entry) {
    guard entries[name] == nil else { return }
    if isDeclared.insert(name).inserted { declared.append(name) }
    entries[name] = entry
  }

  /// Another output of the node whose output this is, of the kind that is wanted.
  func sibling(of term: Term, like wanted: PortType) -> String? {
    guard case .output(let reference) = term.form,
      let name = reference.node.path.split(separator: "/").last.map(String.init),
      case .node(let outputs?)? = entries[name]
    else { return nil }
    let sibling = outputs.first { $0.term?.type.hasSameKind(as: wanted) ?? false }
    return sibling.map { "\(name).\($0.name)" }
  }

  /// Whether the text would be a reference, were it written as one.
  func means(_ text: String) -> Bool {
    let words = text.split(separator: ".", maxSplits: 1).map(String.init)
    guard let name = words.first, let entry = self[name] else { return false }
    guard words.count > 1 else { return true }
    guard case .node(let outputs?) = entry else { return false }
    return outputs.contains { $0.name == words[1] }
  }

  /// What to write for this name in an expression, such as `picture.image`.
  func spelling(of name: String) -> String? {
    switch self[name] {
    case nil: nil
    case .node(let outputs?) where outputs.count > 1: "\(name).\(outputs[0].name)"
    default: name
    }
  }
}
