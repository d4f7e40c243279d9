import Graph

extension Binding {
  /// What goes into the port; nil where a value is not there, or a choice takes none. Throws
  /// `EvaluationFailure`.
  func argument(from values: HeldValues) throws -> PortArgument? {
    switch self {
    case .constant(let literal): return .constant(literal)
    case .output(let reference): return values[reference].map(PortArgument.value)
    case .computed(let computation): return .constant(try computation.value(values.literal))
    case .list(let elements):
      let arguments = try elements.compactMap { try $0.argument(from: values) }
      return arguments.count == elements.count ? .list(arguments) : nil
    case .choice(let condition, let first, let second):
      let isFirst = try condition.value(values.literal) == .bool(true)
      return try (isFirst ? first : second)?.argument(from: values)
    }
  }
}
