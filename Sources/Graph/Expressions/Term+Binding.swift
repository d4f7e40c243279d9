extension Term {
  /// What the engine is handed.
  var binding: Binding {
    switch form {
    case .constant(let literal): .constant(literal)
    case .output(let reference): .output(reference)
    case .list(let elements): .list(elements.map(\.binding))
    case .operation(.given, let operands) where operands[0].constant == .bool(true):
      operands[1].binding
    case .operation(.given, let operands):
      .choice(operands[0].computation, then: operands[1].binding, otherwise: nil)
    case .operation(.conditional, let operands):
      .choice(
        operands[0].computation, then: operands[1].binding, otherwise: operands[2].binding)
    case .operation: .computed(computation)
    }
  }

  private var computation: Computation {
    var references: [OutputReference] = []
    let canonical = canonicalText(numbering: &references)
    return Computation(references: references, canonical: canonical, isLazy: isLazy) { outputs in
      try evaluate(outputs)
    }
  }

  /// Outputs stand as `$0`, `$1`... by their places in `references`.
  private func canonicalText(numbering references: inout [OutputReference]) -> String {
    switch form {
    case .constant(let literal): return literal.canonicalText
    case .output(let reference):
      if let index = references.firstIndex(of: reference) { return "$\(index)" }
      references.append(reference)
      return "$\(references.count - 1)"
    case .list(let elements):
      let inside = elements.map { $0.canonicalText(numbering: &references) }
      return "list(\(inside.joined(separator: ", ")))"
    case .operation(let operation, let operands):
      let inside = operands.map { $0.canonicalText(numbering: &references) }
      return "\(operation.canonicalText)(\(inside.joined(separator: ", ")))"
    }
  }
}

extension Operation {
  fileprivate var canonicalText: String {
    switch self {
    case .unary(let unary): unary.rawValue
    case .binary(let binary): binary.rawValue
    case .call(let function): function.rawValue
    case .conditional: "if"
    case .given: "given"
    case .join: "join"
    case .makeSize: "size"
    case .widen: "float"
    case .bounded(let range): "in[\(range.lowerBound), \(range.upperBound)]"
    }
  }
}

extension Literal {
  /// A spelling that no two literals share; texts carry their lengths.
  fileprivate var canonicalText: String {
    switch self {
    case .int, .float, .bool, .size: display
    case .text(let text): "text:\(text.utf8.count):\(text)"
    case .path(let path): "path:\(path.resolved.utf8.count):\(path.resolved)"
    case .color(let color): "color:\(color.red),\(color.green),\(color.blue),\(color.alpha)"
    case .list(let elements): "[\(elements.map(\.canonicalText).joined(separator: ", "))]"
    }
  }
}
