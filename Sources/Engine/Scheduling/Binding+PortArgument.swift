import Graph

extension Binding {
  /// What goes into the port. Throws `EvaluationFailure`.
  func argument(from values: HeldValues) throws -> PortArgument? {
    switch self {
    case .constant(let literal): return .constant(literal)
    case .output(let reference): return values[reference].map(PortArgument.value)
    case .computed(let computation):
      let literals = Dictionary(
        computation.references.compactMap { reference in
          values[reference]?.literal.map { (reference, $0) }
        }
      ) { first, _ in first }
      return .constant(try computation.evaluate(literals))
    }
  }
}
