/// What all parts of one check share. It belongs to one check and never leaves its thread.
final class CheckSession {
  /// Graphs that use each other could otherwise grow without end.
  static let nodeLimit = 20_000

  let catalog: NodeCatalog
  let findings: Findings
  let documents: DocumentLibrary
  var families = FamilyTable()
  /// The nodes that are right, laid out flat, each behind those that it needs.
  var nodes: [CheckedNode] = []
  /// Inputs of the outermost graph that have no value, since it is only looked at.
  var openInputs: Set<OutputReference> = []
  /// How many `when` around what is being checked do not hold.
  private var leftOutDepth = 0
  /// All nodes that were looked at.
  private var nodeCount = 0

  init(catalog: NodeCatalog, reader: SourceReader, graphFolders: [String]) {
    self.catalog = catalog
    findings = Findings()
    documents = DocumentLibrary(reader: reader, graphFolders: graphFolders, findings: findings)
  }

  /// Counts a node; false, with a finding, once there are too many.
  func admitNode(at span: SourceSpan) -> Bool {
    nodeCount += 1
    if nodeCount == Self.nodeLimit + 1 {
      findings.add(.tooManyNodes(limit: Self.nodeLimit, at: span))
    }
    return nodeCount <= Self.nodeLimit
  }

  /// Whether what is being checked is left out of this run: its files need not be there.
  var isLeavingOut: Bool { leftOutDepth > 0 }

  /// Checks what is left out of this run.
  func leavingOut<Result>(_ body: () -> Result) -> Result {
    leftOutDepth += 1
    defer { leftOutDepth -= 1 }
    return body()
  }

  /// The type with its families scoped to one node.
  func instantiate(_ type: PortType, scope: String, span: SourceSpan) -> PortType {
    type.mapFamily { term in
      switch term {
      case .variable(let name): return .variable("\(name)@\(scope)")
      case .known(let family):
        let variable = "\(family.rawValue)@\(scope)"
        // Only this family is ever said of a variable of this name.
        try? families.decide(variable, .init(family: family, subject: scope, span: span))
        return .variable(variable)
      }
    }
  }
}
