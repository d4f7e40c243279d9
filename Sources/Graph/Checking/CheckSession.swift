/// What all parts of one check share. It belongs to one check and never leaves its thread.
final class CheckSession {
  /// Graphs that use each other could otherwise grow without end.
  static let nodeLimit = 20_000
  /// What texts and lists may take that expressions make, in small values of about 64 bytes.
  static let spendingLimit = 1 << 19

  let catalog: NodeCatalog
  let findings: Findings
  let documents: DocumentLibrary
  var families = FamilyTable()
  /// The nodes that are right, laid out flat, each behind those that it needs.
  var nodes: [CheckedNode] = []
  /// Nodes that the engine does not run: they stand for graphs, or have been worked out.
  var typedNodes: [TypedNode] = []
  /// The places of inputs of the outermost graph that have no value, since it is only looked at.
  var openInputs: [OutputReference: SourceSpan] = [:]
  /// What is known of handles.
  var handles: [OutputReference: HandleFacts] = [:]
  /// The graphs whose rules are asked in the end, each once.
  private(set) var lintedDocuments: [GraphDocument] = []
  private var lintedFiles: Set<String> = []
  /// Families of nodes, as variables, with those that they have met.
  private var blamedFamilies: Set<String> = []
  /// How many small values the texts and lists have that expressions made.
  private var spent = 0
  /// Whether that was too much, with a finding.
  var hasOverspent: Bool { spent > Self.spendingLimit }
  /// Where each node stands among `nodes`, as far as they have been looked at.
  private var places: [NodeID: Int] = [:]
  private var placedCount = 0
  /// Whether the run reports the files that cannot be read.
  private let leavesFilesToRun: Bool
  /// How many `when` around what is being checked do not hold.
  private var leftOutDepth = 0
  /// All nodes that were looked at.
  private var nodeCount = 0

  init(
    catalog: NodeCatalog, reader: SourceReader, graphFolders: [String], takesWarnings: Bool = true,
    leavesFilesToRun: Bool = false
  ) {
    self.leavesFilesToRun = leavesFilesToRun
    self.catalog = catalog
    findings = Findings(takesWarnings: takesWarnings)
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

  /// Whether a file that cannot be read is no mistake here.
  var needsNoFiles: Bool { isLeavingOut || leavesFilesToRun }

  /// Checks what is left out of this run.
  func leavingOut<Result>(_ body: () -> Result) -> Result {
    leftOutDepth += 1
    defer { leftOutDepth -= 1 }
    return body()
  }

  /// The type with its families scoped to one node. `declaration` says where, and of what, a family is
  /// declared that is no variable.
  func instantiate(
    _ type: PortType, scope: String, declaration: () -> (subject: String, span: SourceSpan)
  ) -> PortType {
    type.mapFamily { term in
      switch term {
      case .variable(let name): return .variable("\(name)@\(scope)")
      case .known(let family):
        let variable = "\(family.rawValue)@\(scope)"
        let (subject, span) = declaration()
        // Only this family is ever said of a variable of this name.
        try? families.decide(variable, .init(family: family, subject: subject, span: span))
        return .variable(variable)
      }
    }
  }

  /// Counts what a text or a list that an expression makes takes; false, with a finding, once that is too
  /// much: a small file could ask for any amount of it.
  func spend(_ weight: Int, at span: SourceSpan) -> Bool {
    guard weight > 1 else { return true }
    spent += weight
    guard hasOverspent else { return true }
    findings.add(.tooMuchText(at: span))
    return false
  }

  /// Whether nobody has been told yet that a node's family has met another.
  func blame(_ meeting: String) -> Bool { blamedFamilies.insert(meeting).inserted }

  /// The node, where it is right.
  func node(_ id: NodeID) -> CheckedNode? {
    for index in nodes.indices.dropFirst(placedCount) { places[nodes[index].id] = index }
    placedCount = nodes.count
    return places[id].map { nodes[$0] }
  }

  /// What is known of the handle that a term stands for; nil for anything else.
  func handle(_ term: Term) -> HandleFacts? {
    guard case .handle = term.type.wrapped ?? term.type else { return nil }
    return handle(term.binding)
  }

  private func handle(_ binding: Binding) -> HandleFacts? {
    switch binding {
    case .output(let reference): handles[reference]
    case .choice(_, let first, let second):
      HandleFacts(ofEither: handle(first), second.flatMap(handle))
    case .constant, .computed, .list: nil
    }
  }

  /// Takes back the nodes from this one on.
  func dropNodes(from first: Int) {
    nodes.removeSubrange(first...)
    (places, placedCount) = ([:], 0)
  }

  /// Remembers the graph being checked for its rules to be asked.
  func noteForLint(_ document: GraphDocument) {
    guard !findings.isInSharedGraph, lintedFiles.insert(document.source.file).inserted else {
      return
    }
    lintedDocuments.append(document)
  }
}
