extension ExpressionChecker {
  /// What a reference stands for.
  func resolve(_ reference: Reference) -> Term? {
    var term: Term?
    switch scope[reference.name] {
    case nil:
      guard scope.isComplete else { return nil }
      session.findings.add(.unknownReference(reference, in: scope))
    case .input(let value):
      if let output = reference.outputSpan {
        session.findings.add(.inputHasNoOutputs(reference, at: output))
      } else {
        term = value
      }
    case .node(let outputs): term = outputs.flatMap { output(of: $0, reference) }
    }
    term?.span = reference.span
    return term
  }

  private func output(
    of outputs: [(name: String, term: Term?)], _ reference: Reference
  ) -> Term? {
    let names = outputs.map(\.name)
    guard let name = reference.output else {
      if outputs.count == 1 { return outputs[0].term }
      session.findings.add(.ambiguousReference(reference, outputs: names))
      return nil
    }
    guard let output = outputs.first(where: { $0.name == name }) else {
      session.findings.add(.unknownOutput(reference, name, outputs: names))
      return nil
    }
    return output.term
  }
}
