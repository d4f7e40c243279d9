import Engine
import Graph

/// What a graph comes to, worked out in the plainest way: by asking for the outputs, one node after the
/// other, each once, without a cache. What the engine does is compared with this.
struct Oracle {
  /// A node with the values that come in, and whether they are written down or come from others: two of
  /// the same have the same result, and one key.
  typealias Work = String

  private let nodes: [NodeID: CheckedNode]
  private var results: [NodeID: [String: any PortValue]?] = [:]
  /// By node that was asked for and has a result.
  private var work: [NodeID: Work] = [:]
  /// What there is to do.
  private(set) var needed: Set<Work> = []
  /// By the graph's output; nil where it has none, by choice or because something failed.
  private(set) var outputs: [Literal?] = []

  init(_ graph: CheckedGraph) {
    nodes = Dictionary(graph.nodes.map { ($0.id, $0) }) { first, _ in first }
    outputs = graph.outputs.map { argument($0.binding)?.flatMap(\.literal) }
    needed = Set(work.values)
  }

  /// What a node does: of several that do the same, the engine runs any.
  mutating func work(of node: String) -> Work? {
    _ = outputs(of: NodeID(node))
    return work[NodeID(node)]
  }

  /// The outputs of a node; nil where it fails, or something that it needs.
  private mutating func outputs(of id: NodeID) -> [String: any PortValue]? {
    if let known = results[id] { return known }
    results[id] = .some(run(id))
    return results[id] ?? nil
  }

  private mutating func run(_ id: NodeID) -> [String: any PortValue]? {
    guard let node = nodes[id], let type = testLibrary[node.schema.name] else { return nil }
    // All choices are made before anything else is asked for.
    var inputs: [String: Binding] = [:]
    for port in node.schema.inputs {
      guard let binding = node.inputs[port.name] else { continue }
      guard let decided = decided(binding) else { return nil }
      inputs[port.name] = decided
    }
    var arguments: [String: PortArgument] = [:]
    var isWhole = true
    for port in node.schema.inputs {
      guard let binding = inputs[port.name] else { continue }
      guard let argument = argument(binding) else {
        isWhole = false
        continue
      }
      arguments[port.name] = argument
    }
    guard isWhole,
      let outputs = try? Invocation(type, inputs: arguments).run(RunContext(node: id))
    else { return nil }
    if type.kind == .pure {
      let values = node.schema.inputs.map { port in
        "\(port.name)=\(inputs[port.name]?.form ?? ""):\(arguments[port.name]?.spelled ?? "")"
      }
      work[id] = "\(node.schema.name)(\(values.joined(separator: ", ")))"
    }
    return outputs
  }

  /// Nil where it fails; `.some(nil)` where a choice takes nothing.
  private mutating func decided(_ binding: Binding) -> Binding?? {
    switch binding {
    case .constant, .output: return binding
    case .computed(let computation):
      guard computation.isLazy else { return binding }
      guard let value = value(computation) else { return nil }
      return .some(.constant(value))
    case .list: return binding
    case .choice(let condition, let first, let second):
      guard let condition = value(condition) else { return nil }
      return (condition == .bool(true) ? first : second).map { decided($0) } ?? .some(nil)
    }
  }

  /// Nil where it fails; `.some(nil)` where a choice takes nothing.
  private mutating func argument(_ binding: Binding) -> PortArgument?? {
    switch binding {
    case .constant(let literal): return .constant(literal)
    case .output(let reference):
      guard let value = outputs(of: reference.node)?[reference.port] else { return nil }
      return .some(.value(value))
    case .computed(let computation):
      guard let value = value(computation) else { return nil }
      return .some(.constant(value))
    case .list(let elements):
      let arguments = elements.map { argument($0) }
      let there = arguments.compactMap { $0 ?? nil }
      return there.count == elements.count ? .some(.list(there)) : nil
    case .choice(let condition, let first, let second):
      guard let condition = value(condition) else { return nil }
      return (condition == .bool(true) ? first : second).map { argument($0) } ?? .some(nil)
    }
  }

  /// Asks for what the expression asks for, and for nothing else.
  private mutating func value(_ computation: Computation) -> Literal? {
    var literals: [OutputReference: Literal] = [:]
    while true {
      do {
        return try computation.evaluate(literals)
      } catch let missing as MissingOutput {
        let found = outputs(of: missing.reference.node)?[missing.reference.port]?.literal
        guard let found else { return nil }
        literals[missing.reference] = found
      } catch {
        return nil
      }
    }
  }
}

extension Binding {
  /// Where the value comes from, all choices made.
  fileprivate var form: String {
    switch self {
    case .constant: "constant"
    case .output: "output"
    case .computed(let computation): computation.canonical
    case .list(let elements): elements.map(\.form).joined(separator: "+")
    case .choice: "choice"
    }
  }
}

extension PortArgument {
  fileprivate var literal: Literal? {
    switch self {
    case .constant(let literal): literal
    case .value(let value): value.literal
    case .list(let elements): .list(elements.compactMap(\.literal))
    }
  }

  /// The value as the engine tells it from others.
  fileprivate var spelled: String {
    if let literal { return "\(literal)" }
    guard case .value(let value) = self else { return "" }
    return "\(value)"
  }
}
