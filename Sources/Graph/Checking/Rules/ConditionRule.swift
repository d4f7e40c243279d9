/// `when` is asked once, in front of `each`: the elements have no names there.
enum ConditionRule {
  static func findings(for node: NodeDeclaration, scope: Scope) -> [Diagnostic] {
    let elements = Set(node.each.joined().map(\.name))
    let references = node.when?.expressions.flatMap(\.references) ?? []
    return references.filter { elements.contains($0.name) && scope[$0.name] == nil }
      .map { .elementInCondition($0) }
  }
}
