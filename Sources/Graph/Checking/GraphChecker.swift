/// Checks one graph for one set of values of its inputs: the outermost, or one that a node uses.
struct GraphChecker {
  let session: CheckSession
  let document: GraphDocument
  /// What stands before the names of its nodes, such as `outer/`.
  let prefix: String
  /// The files of the graphs around this one and its own, outermost first.
  let files: [String]
  private(set) var scope: Scope

  init(session: CheckSession, document: GraphDocument, prefix: String, files: [String]) {
    self.session = session
    self.document = document
    self.prefix = prefix
    self.files = files
    scope = Scope(
      isComplete: document.namesAreComplete,
      names: document.inputs.map(\.name) + document.nodes.map(\.name))
  }

  /// Adds the graph's nodes to the session and gives its outputs. What is wrong, or depends on
  /// something wrong, is nil.
  mutating func check(inputs: [String: Term]) -> [(name: String, term: Term?)] {
    session.noteForLint(document)
    for input in document.inputs { scope.add(input.name, .input(inputs[input.name])) }
    let (order, isInCycle) = orderedNodes()
    for index in order {
      let node = document.nodes[index]
      // Nothing is known of what a node in a cycle puts out: whoever uses it is not blamed.
      let outputs = checkNode(node, isInCycle: isInCycle.contains(index))
      scope.add(node.name, .node(outputs))
    }
    return document.outputs.map { ($0.name, handedOut(outputTerm($0))) }
  }

  /// A graph hands out what may be missing, and no lists of it.
  private func handedOut(_ term: Term?) -> Term? {
    guard let term, term.type.element?.wrapped != nil else { return term }
    session.findings.add(.mayBeMissing(term, port: nil, at: term.span))
    return nil
  }

  /// The node's name among all nodes.
  func id(of node: NodeDeclaration) -> NodeID { NodeID(prefix + node.name) }

  private func outputTerm(_ output: OutputDeclaration) -> Term? {
    let expressions = ExpressionChecker(scope: scope, session: session)
    switch output.value.form {
    case .refused: return nil
    case .template(.literal(let text), let isPlain):
      let value = isPlain ? try? Literal.inferred(fromPlain: text) : .text(text)
      if let suggestion = expressions.scope.spelling(of: text) {
        session.findings.add(.outputWithoutReference(text, suggestion, at: output.value.span))
        return nil
      }
      return value.map { Term($0, as: $0.naturalType, at: output.value.span) }
    case .template(.expression(let expression), _): return expressions.term(for: expression)
    case .template(.text(let parts), _): return expressions.join(parts, at: output.value.span)
    case .list(let elements):
      let terms = elements.map { outputTerm(OutputDeclaration(output, element: $0)) }
      return expressions.list(terms, at: output.value.span)
    case .fields:
      session.findings.add(.outputIsNoValue(output.name, at: output.value.span))
      return nil
    }
  }

  private func orderedNodes() -> (order: [Int], isInCycle: Set<Int>) {
    let indices = Dictionary(zip(document.nodes.map(\.name), 0...)) { first, _ in first }
    let references = document.nodes.map(\.references)
    let order = DependencyOrder(needs: references.map { $0.compactMap { indices[$0.name] } })
    session.findings.add(
      CycleRule.findings(order.cycles, in: document.nodes, references: references))
    return (order.order, Set(order.cycles.joined()))
  }
}
