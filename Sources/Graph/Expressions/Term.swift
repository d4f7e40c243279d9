/// An expression whose names are resolved and whose type is known.
struct Term: Sendable {
  indirect enum Form: Sendable {
    case constant(Literal)
    case output(OutputReference)
    case operation(Operation, [Term])
    /// A list of which each element is known by itself.
    case list([Term])
  }

  /// Chains of graphs that use each other could otherwise build terms of any size.
  static let depthLimit = 200
  static let weightLimit = 65_536

  var form: Form
  /// Families are variables here, which the checker's family table resolves.
  var type: PortType
  /// Where it stands.
  var span: SourceSpan
  /// Where a value that references passed on was first written.
  var origin: SourceSpan
  private(set) var depth = 1
  private(set) var weight = 1

  init(_ literal: Literal, as type: PortType, at span: SourceSpan) {
    form = .constant(literal)
    self.type = type
    self.span = span
    origin = span
    weight = literal.weight
  }

  init(_ output: OutputReference, as type: PortType, at span: SourceSpan) {
    form = .output(output)
    self.type = type
    self.span = span
    origin = span
  }

  init(_ operation: Operation, _ operands: [Term], as type: PortType, at span: SourceSpan) {
    form = .operation(operation, operands)
    self.type = type
    self.span = span
    origin = span
    depth = 1 + (operands.map(\.depth).max() ?? 0)
    weight = operands.reduce(1) { $0 + $1.weight }
  }

  init(list elements: [Term], of element: PortType, at span: SourceSpan) {
    form = .list(elements)
    type = .list(element)
    self.span = span
    origin = span
    depth = 1 + (elements.map(\.depth).max() ?? 0)
    weight = elements.reduce(1) { $0 + $1.weight }
  }

  /// The value, where it is known already.
  var constant: Literal? {
    if case .constant(let literal) = form { literal } else { nil }
  }

  /// The elements of a list whose length is known; nil for anything else.
  var elements: [Term]? {
    switch form {
    case .list(let elements): elements
    case .constant(.list(let literals)):
      literals.map { Term($0, as: type.element ?? $0.naturalType, at: span) }
    default: nil
    }
  }

  /// How many elements a list has, where that is known.
  var length: Int? {
    switch form {
    case .list(let elements): elements.count
    case .constant(.list(let literals)): literals.count
    default: nil
    }
  }

  var isTooComplex: Bool { depth > Self.depthLimit || weight > Self.weightLimit }
}

extension Literal {
  /// How many small values it is as large as.
  var weight: Int {
    switch self {
    case .text(let text): 1 + text.utf8.count / 64
    case .list(let elements): elements.count
    default: 1
    }
  }
}
