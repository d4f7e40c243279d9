import Engine
import Graph

/// Writes checked graphs down in a few words.
struct GraphBuilder {
  private(set) var graph = CheckedGraph(file: "test.yaml", nodes: [], outputs: [])

  /// Adds a node, with the defaults filled in.
  mutating func node(_ name: String, _ uses: String, _ inputs: [String: Binding] = [:]) {
    guard let schema = testLibrary.catalog[uses] else { preconditionFailure("no node \(uses)") }
    var bindings = inputs
    for port in schema.inputs where bindings[port.name] == nil {
      if case .defaulted(let literal) = port.presence { bindings[port.name] = .constant(literal) }
    }
    let types = schema.outputs.map { ($0.name, $0.type) }
    graph.nodes.append(
      CheckedNode(
        id: NodeID(name), schema: schema, span: .line(graph.nodes.count + 1), inputs: bindings,
        outputTypes: Dictionary(uniqueKeysWithValues: types)))
  }

  /// Hands out a value under its own name.
  mutating func output(_ name: String, _ binding: Binding, _ type: PortType = .int) {
    graph.outputs.append(
      CheckedOutput(name: name, binding: binding, type: type, span: .line(100)))
  }

  static func build(_ body: (inout GraphBuilder) -> Void) -> CheckedGraph {
    var builder = GraphBuilder()
    body(&builder)
    return builder.graph
  }
}

extension SourceSpan {
  static func line(_ line: Int) -> SourceSpan {
    SourceSpan(
      file: "test.yaml", bytes: 0..<1, start: SourcePosition(line: line, column: 3),
      end: SourcePosition(line: line, column: 4))
  }
}

extension Binding {
  static func int(_ value: Int) -> Binding { .constant(.int(value)) }
  static func text(_ value: String) -> Binding { .constant(.text(value)) }
  static func path(_ value: String) -> Binding {
    .constant(.path(FilePathLiteral(written: value, resolved: value)))
  }
  /// `node.port`, or the output `result` of a node.
  static func from(_ reference: String) -> Binding {
    .output(OutputReference(reference))
  }
  /// An expression over integers.
  static func computed(
    _ canonical: String, _ references: String...,
    evaluate: @escaping @Sendable ([Int]) throws -> Literal
  ) -> Binding {
    let references = references.map(OutputReference.init)
    return .computed(
      Computation(references: references, canonical: canonical) { values in
        try evaluate(
          references.map { reference in
            guard case .int(let value) = values[reference] else { return 0 }
            return value
          })
      })
  }
}

extension OutputReference {
  init(_ text: String) {
    let parts = text.split(separator: ".").map(String.init)
    self.init(node: NodeID(parts[0]), port: parts.count > 1 ? parts[1] : "result")
  }
}
