/// No node needs its own output, directly or through others.
enum CycleRule {
  /// A finding for each way around, at the reference that closes it.
  static func findings(
    _ cycles: [[Int]], in nodes: [NodeDeclaration], references: [[Reference]]
  ) -> [Diagnostic] {
    cycles.compactMap { cycle in
      guard let last = cycle.last else { return nil }
      let names = cycle.map { nodes[$0].name }
      let closing = references[last].first { $0.name == names[0] }
      return .cycle(names, at: closing?.span ?? nodes[last].span)
    }
  }
}
