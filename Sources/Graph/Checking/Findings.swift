/// What a check has found so far. It belongs to one check and never leaves its thread.
final class Findings {
  /// More than that nobody reads, and a hostile file could ask for millions.
  static let limit = 500

  private var list: [Diagnostic] = []
  /// What is allowed and yet hardly meant.
  var warnings: [Diagnostic] = []
  private var seen: Set<Place> = []
  private var omitted = 0
  private(set) var errorCount = 0
  /// The nodes, from the outermost graph inwards, whose graph is being checked.
  var users: [GraphUse] = []
  /// Whether warnings are wanted at all.
  let takesWarnings: Bool

  init(takesWarnings: Bool = true) { self.takesWarnings = takesWarnings }

  /// What makes two findings one: a graph that is used twice has its mistakes once.
  private struct Place: Hashable {
    var code: DiagnosticCode
    var span: SourceSpan
    var message: String
  }

  /// Takes an error, with a note of who uses the graph that it is about.
  func add(_ make: @autoclosure () -> Diagnostic) {
    errorCount += 1
    guard list.count < Self.limit else {
      omitted += 1
      return
    }
    if let finding = new(make()) { list.append(finding) }
  }

  /// Takes a warning. Graphs that come with Easel are not the user's to mend: of them there are none.
  func warn(_ make: @autoclosure () -> Diagnostic) {
    guard takesWarnings, warnings.count < Self.limit, !isInSharedGraph else { return }
    if let warning = new(make()) { warnings.append(warning) }
  }

  /// Whether what is being checked is a part of a graph that comes with Easel.
  var isInSharedGraph: Bool { users.contains(where: \.isOfSharedGraph) }

  /// The finding with its note; nil where it was found before.
  private func new(_ finding: Diagnostic) -> Diagnostic? {
    let place = Place(code: finding.code, span: finding.span, message: finding.message)
    guard seen.insert(place).inserted else { return nil }
    var finding = finding
    if let user = users.last(where: { $0.span.file != finding.span.file }) {
      finding.notes.append(user.note)
    }
    return finding
  }

  /// Takes what a rule found.
  func add(_ findings: some Sequence<Diagnostic>) {
    for finding in findings { add(finding) }
  }

  /// The result of `body`; nil, with its finding, where it refuses.
  func collect<Value>(_ body: () throws(Refused) -> Value) -> Value? {
    do throws(Refused) {
      return try body()
    } catch {
      add(error.finding)
      return nil
    }
  }

  /// All findings by place, files in the order in which they were read.
  func sorted(files: [String]) -> [Diagnostic] {
    let ranks = Dictionary(zip(files, 0...)) { first, _ in first }
    let sorted = (list + warnings).sorted { a, b in
      let (first, second) = (a.span.bytes.lowerBound, b.span.bytes.lowerBound)
      return (ranks[a.span.file] ?? .max, first) < (ranks[b.span.file] ?? .max, second)
    }
    guard omitted > 0, let last = sorted.last else { return sorted }
    return sorted + [.tooManyFindings(omitted: omitted, at: last.span)]
  }
}

/// A node that uses a graph.
struct GraphUse {
  var node: String
  /// The place of the node's `uses`.
  var span: SourceSpan
  /// Whether the graph comes with Easel.
  var isOfSharedGraph: Bool

  init(node: NodeID, uses: Word) {
    self.node = node.path
    span = uses.span
    isOfSharedGraph = DocumentLibrary.isShared(uses.text)
  }

  var note: String {
    "the node `\(node)` uses this graph, at \(span.file):\(span.start.line):\(span.start.column)"
  }
}
