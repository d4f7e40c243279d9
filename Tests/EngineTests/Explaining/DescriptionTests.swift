import Graph
import Testing

@testable import Engine

/// Random graphs with random edits: descriptions say all that keys are made of, and nothing else.
@Suite struct DescriptionTests {
  private let folder = Folder()

  @Test(arguments: 1...40) func descriptionsAreAlikeWhereKeysAre(seed: UInt64) throws {
    var recipe = KeyRecipe(seed: seed, files: try files())
    let (first, second) = (try recipe.describe(), try recipe.edited().describe())
    var whole = WholeDescriptions()
    var alike = 0
    for node in second.nodes {
      for past in first.nodes {
        let isSame = node.key == past.key
        alike += isSame ? 1 : 0
        let differences = second.differences(of: node, from: past, in: first)
        #expect(differences.isEmpty == isSame, "\(node) \(past)")
        #expect((whole.of(node, in: second, 1) == whole.of(past, in: first, 0)) == isSame)
      }
    }
    #expect(alike > 0 || first.numericMode != second.numericMode)
  }

  @Test(arguments: 1...20) func theyAreReadAsTheyWereWritten(seed: UInt64) throws {
    let description = try KeyRecipe(seed: seed, files: try files()).describe()
    let read = try #require(GraphDescription(encoded: description.encoded))
    #expect(read.nodes == description.nodes)
    #expect(read.numericMode == description.numericMode)
  }

  /// Some of which are equal.
  private func files() throws -> [String] {
    try ["one", "two", "one", "three"].enumerated().map { index, text in
      try folder.write(text, to: "file-\(index)")
    }
  }
}

/// What nodes and all before them are made of, as texts in which no key and no name of a node stands.
private struct WholeDescriptions {
  private var known: [String: Hash256] = [:]

  mutating func of(
    _ node: NodeDescription, in graph: GraphDescription, _ number: Int
  ) -> Hash256 {
    if let known = known["\(number) \(node.id)"] { return known }
    var text =
      "\(graph.keyVersion) \(graph.numericMode) \(node.uses) \(node.version) \(node.outputs)"
    for input in node.inputs {
      text += "\n\(input.port) " + spelled(input.component, in: graph, number)
    }
    let hash = Hash256(of: text.utf8)
    known["\(number) \(node.id)"] = hash
    return hash
  }

  private mutating func spelled(
    _ component: Component, in graph: GraphDescription, _ number: Int
  ) -> String {
    switch component {
    case .constant(let constant): return "constant \(constant.canonical)"
    case .file(let digest, _): return "file \(digest)"
    case .constants(let all): return "constants \(all.map { spelled($0, in: graph, number) })"
    case .gathered(let all): return "gathered \(all.map { spelled($0, in: graph, number) })"
    case .output(let reference): return spelled(reference, in: graph, number)
    case .computed(let formula): return spelled(formula, in: graph, number)
    case .choice(let condition, let first, let second):
      return "choice \(spelled(condition, in: graph, number)) "
        + "\(spelled(first, in: graph, number)) \(second.map { spelled($0, in: graph, number) } ?? "")"
    }
  }

  private mutating func spelled(
    _ formula: Component.Formula, in graph: GraphDescription, _ number: Int
  ) -> String {
    "computed \(formula.canonical) \(formula.references.map { spelled($0, in: graph, number) })"
  }

  private mutating func spelled(
    _ reference: OutputReference, in graph: GraphDescription, _ number: Int
  ) -> String {
    "output \(graph[reference.node].map { "\(of($0, in: graph, number))" } ?? "?") \(reference.port)"
  }
}

/// A random graph whose nodes take everything that can go into a key. Its values are few, so that nodes
/// often come out alike.
private struct KeyRecipe {
  private var random: SplitMix
  private var graph: CheckedGraph
  private var numericMode = "f32"
  private let files: [String]

  init(seed: UInt64, files: [String]) {
    self.files = files
    random = SplitMix(state: seed)
    graph = CheckedGraph(file: "test.yaml", nodes: [], outputs: [])
    for _ in 0..<Int.random(in: 3...25, using: &random) { addNode() }
  }

  func describe() throws -> GraphDescription {
    try GraphDescription(of: graph, options: EngineOptions(numericMode: numericMode))
  }

  /// The same graph with a few nodes changed, or one added, and rarely all keys.
  mutating func edited() -> KeyRecipe {
    if Int.random(in: 0..<12, using: &random) == 0 { numericMode = "bf16" }
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let index = Int.random(in: graph.nodes.indices, using: &random)
      graph.nodes[index] = node(named: graph.nodes[index].id.path, after: index)
    }
    addNode()
    return self
  }

  private mutating func addNode() {
    let name = "n\(graph.nodes.count)"
    graph.nodes.append(node(named: name, after: graph.nodes.count))
    graph.outputs.append(
      CheckedOutput(name: name, binding: .from(name), type: .int, span: .line(1)))
  }

  private mutating func node(named name: String, after count: Int) -> CheckedNode {
    var builder = GraphBuilder()
    switch Int.random(in: 0..<8, using: &random) {
    case 0: builder.node(name, "load-thing", ["path": .path(files[number(in: 0..<4)])])
    case 1:
      builder.node(
        name, "half", ["a": flip() ? .int(number(in: 0..<2)) : .float(number(in: 0..<2))])
    case 2:
      builder.node(
        name, "constant",
        ["value": .int(number(in: 0..<3)), "label": .text("\(number(in: 0..<9))")])
    case 3: builder.node(name, "tens", ["a": binding(after: count, depth: 2)])
    default:
      var inputs = ["a": binding(after: count, depth: 2)]
      if flip() { inputs["b"] = binding(after: count, depth: 2) }
      if flip() { inputs["c"] = .constant(.list([.int(number(in: 0..<2)), .text("x")])) }
      builder.node(name, "sum", inputs)
    }
    var node = builder.graph.nodes[0]
    if number(in: 0..<9) == 0 { node.schema.version = 2 }
    if number(in: 0..<9) == 0 { node.schema.outputs.append(node.schema.outputs[0]) }
    return node
  }

  private mutating func binding(after count: Int, depth: Int) -> Binding {
    switch number(in: 0..<(depth > 0 ? 9 : 4)) {
    case 0: return .int(number(in: 0..<2))
    case 1: return .path(files[number(in: 0..<files.count)])
    case 2:
      return .constant(.list([.path(.init(written: files[0], resolved: files[number(in: 0..<4)]))]))
    case 3, 4, 5: return count == 0 ? .int(1) : .output(reference(after: count))
    case 6: return .computed(computation(after: count))
    case 7:
      return .list((0..<number(in: 0..<3)).map { _ in binding(after: count, depth: depth - 1) })
    default:
      return .choice(
        computation(after: count), then: binding(after: count, depth: depth - 1),
        otherwise: flip() ? binding(after: count, depth: depth - 1) : nil)
    }
  }

  private mutating func computation(after count: Int) -> Computation {
    let references = (0..<(count == 0 ? 0 : number(in: 0..<3))).map { _ in reference(after: count) }
    return Computation(references: references, canonical: "f\(number(in: 0..<2))") { _ in
      .bool(true)
    }
  }

  private mutating func reference(after count: Int) -> OutputReference {
    OutputReference(node: NodeID("n\(number(in: 0..<count))"), port: flip() ? "result" : "even")
  }

  private mutating func number(in range: Range<Int>) -> Int {
    Int.random(in: range, using: &random)
  }
  private mutating func flip() -> Bool { Bool.random(using: &random) }
}

extension Binding {
  fileprivate static func float(_ value: Int) -> Binding { .constant(.float(Double(value))) }
}
