import Graph

extension Binding {
  /// Whether which outputs are needed depends on the values of others.
  var isUndecided: Bool {
    switch self {
    case .constant, .output: false
    case .computed(let computation): computation.isLazy
    case .list(let elements): elements.contains(where: \.isUndecided)
    case .choice: true
    }
  }

  /// The binding with every choice made; nil where what was chosen is nothing. `literal` gives the values
  /// of outputs that are there. Throws `MissingOutput` for the first value that a choice needs and that is
  /// not there, and `EvaluationFailure`.
  func decided(by literal: (OutputReference) -> Literal?) throws -> Binding? {
    switch self {
    case .constant, .output: return self
    case .computed(let computation):
      return computation.isLazy ? .constant(try computation.value(literal)) : self
    case .list(let elements): return .list(try elements.compactMap { try $0.decided(by: literal) })
    case .choice(let condition, let first, let second):
      let isFirst = try condition.value(literal) == .bool(true)
      return try (isFirst ? first : second)?.decided(by: literal)
    }
  }

  /// The outputs that are needed however the choices turn out.
  var certainReferences: [OutputReference] {
    switch self {
    case .constant: []
    case .output(let reference): [reference]
    case .computed(let computation): computation.isLazy ? [] : computation.references
    case .list(let elements): elements.flatMap(\.certainReferences)
    case .choice(let condition, _, _): condition.isLazy ? [] : condition.references
    }
  }
}

extension Computation {
  /// The value, from those of the outputs that are there. Throws as `evaluate` does.
  func value(_ literal: (OutputReference) -> Literal?) throws -> Literal {
    let literals = references.compactMap { reference in literal(reference).map { (reference, $0) } }
    return try evaluate(Dictionary(literals) { first, _ in first })
  }
}

extension CheckedNode {
  /// Whether which of the nodes before are needed depends on the values of others.
  var isUndecided: Bool { inputs.values.contains(where: \.isUndecided) }

  /// What the node takes from others, each output once.
  var sources: [OutputReference] {
    var seen: Set<OutputReference> = []
    return schema.inputs.flatMap { inputs[$0.name]?.references ?? [] }
      .filter { seen.insert($0).inserted }
  }
}
