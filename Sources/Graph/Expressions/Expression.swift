/// What stands inside `${...}`, as it was written.
struct Expression: Sendable {
  indirect enum Form: Sendable {
    case literal(Literal)
    /// `name` or `name.port`.
    case reference(Reference)
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    case conditional(Expression, then: Expression, otherwise: Expression)
    case call(ExpressionFunction, [Expression])
  }

  var form: Form
  var span: SourceSpan
  /// The operators and calls between this and the farthest leaf.
  var depth: Int

  init(_ form: Form, at span: SourceSpan) {
    self.form = form
    self.span = span
    depth = 1 + (form.children.map(\.depth).max() ?? 0)
  }

  /// Adds the names of all references inside.
  func collectNames(into names: inout Set<String>) {
    if case .reference(let reference) = form { names.insert(reference.name) }
    for child in form.children { child.collectNames(into: &names) }
  }

  /// Every reference inside, in the order of writing.
  var references: [Reference] {
    if case .reference(let reference) = form { return [reference] }
    return form.children.flatMap(\.references)
  }
}

/// The name of an input or a node, and of one of the node's outputs.
struct Reference: Sendable {
  var name: String
  var nameSpan: SourceSpan
  var output: String?
  var outputSpan: SourceSpan?
  var span: SourceSpan
}

extension Expression.Form {
  fileprivate var children: [Expression] {
    switch self {
    case .literal, .reference: []
    case .unary(_, let operand): [operand]
    case .binary(_, let left, let right): [left, right]
    case .conditional(let condition, let first, let second): [condition, first, second]
    case .call(_, let arguments): arguments
    }
  }
}
