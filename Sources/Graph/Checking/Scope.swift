/// The names that expressions of one graph can use.
struct Scope {
  enum Entry {
    /// Nil where the input is broken.
    case input(Term?)
    /// Outputs by name; nil where what the node puts out is not known.
    case node([(name: String, term: Term?)]?)
  }

  private(set) var entries: [String: Entry] = [:]
  /// The names in the order of the file.
  private(set) var names: [String] = []
  /// False where a name that is missing here may well stand in a part of the file that is broken.
  let isComplete: Bool

  init(isComplete: Bool) { self.isComplete = isComplete }

  subscript(name: String) -> Entry? { entries[name] }

  /// Adds a name; the first of two that are the same stays.
  mutating func add(_ name: String, _ entry: Entry) {
    guard entries[name] == nil else { return }
    names.append(name)
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

  /// What to write for this name in an expression, such as `picture.image`.
  func spelling(of name: String) -> String? {
    switch entries[name] {
    case nil: nil
    case .node(let outputs?) where outputs.count > 1: "\(name).\(outputs[0].name)"
    default: name
    }
  }
}
