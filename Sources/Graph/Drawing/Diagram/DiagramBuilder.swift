extension Diagram {
  /// What there is to draw of `graph`.
  ///
  /// The nodes that `each` makes of one are one box.
  public init(_ graph: CheckedGraph) {
    var builder = DiagramBuilder(graph)
    self = builder.build()
  }
}

/// Gathers the parts of a diagram.
private struct DiagramBuilder {
  /// An edge by names, before the ports that are drawn are known.
  private struct Wire: Hashable {
    var source: Int
    var output: String
    var target: Int
    var input: String
  }

  private let graph: CheckedGraph
  private var diagram: Diagram
  private var wires: [Wire] = []
  private var boxes: [NodeID: Int] = [:]
  private var schemas: [Int: NodeSchema] = [:]
  private var types: [Int: [String: PortType]] = [:]

  init(_ graph: CheckedGraph) {
    self.graph = graph
    diagram = Diagram(
      title: graph.title ?? graph.file.lastPathPart, about: graph.about, boxes: [], frames: [],
      edges: [])
  }

  mutating func build() -> Diagram {
    for input in graph.inputs { add(input) }
    let groups = addNodes()
    diagram.frames = FrameTable(graph.nodes).frames
    enclose(groups)
    for node in graph.nodes { wire(node) }
    for output in graph.outputs { add(output) }
    connect()
    return diagram
  }

  // MARK: Boxes

  /// An input without a value is what its consumers refer to.
  private mutating func add(_ input: CheckedInput) {
    boxes[NodeID(input.name)] = diagram.boxes.count
    types[diagram.boxes.count] = [input.name: input.type]
    var box = Diagram.Box(kind: .input, name: input.name, subtitle: input.type.description)
    box.value = input.value?.display
    box.details = [box.value, input.about].compactMap(\.self)
    diagram.boxes.append(box)
  }

  /// The names of the boxes' groups, by box.
  private mutating func addNodes() -> [(box: Int, group: NodeID)] {
    var groups: [NodeID: Int] = [:]
    var order: [(box: Int, group: NodeID)] = []
    for node in graph.nodes {
      let group = node.element?.group ?? node.id
      if let box = groups[group] {
        take(node, into: box)
      } else {
        groups[group] = diagram.boxes.count
        order.append((diagram.boxes.count, group))
        addBox(for: node, named: group)
      }
      boxes[node.id] = groups[group]
    }
    return order
  }

  private mutating func addBox(for node: CheckedNode, named group: NodeID) {
    let index = diagram.boxes.count
    schemas[index] = node.schema
    types[index] = node.outputTypes
    var box = Diagram.Box(kind: .node, name: group.path, subtitle: node.schema.name)
    box.nodes = [node.id]
    box.isConditional = node.isConditional
    box.details = node.constants
    diagram.boxes.append(box)
  }

  private mutating func take(_ node: CheckedNode, into box: Int) {
    diagram.boxes[box].nodes.append(node.id)
    diagram.boxes[box].isConditional = diagram.boxes[box].isConditional || node.isConditional
    diagram.boxes[box].details = diagram.boxes[box].details.filter(Set(node.constants).contains)
    types[box]?.merge(node.outputTypes) { $0 == $1 ? $0 : $0.withoutExtent }
  }

  private mutating func enclose(_ groups: [(box: Int, group: NodeID)]) {
    let frames = Dictionary(zip(diagram.frames.map(\.name), 0...)) { first, _ in first }
    for (box, group) in groups {
      diagram.boxes[box].frame = group.path.outerPath.flatMap { frames[$0] }
    }
  }

  private mutating func add(_ output: CheckedOutput) {
    var box = Diagram.Box(
      kind: .output, name: output.name, subtitle: output.type.description)
    if case .constant(let value) = output.binding { box.value = value.display }
    wire(output.binding.references, to: diagram.boxes.count, output.name)
    diagram.boxes.append(box)
  }

  // MARK: Edges

  private mutating func wire(_ node: CheckedNode) {
    guard let target = boxes[node.id] else { return }
    for port in node.schema.inputs {
      wire(node.inputs[port.name]?.references ?? [], to: target, port.name)
    }
  }

  private mutating func wire(_ references: [OutputReference], to target: Int, _ input: String) {
    for reference in references {
      guard let source = boxes[reference.node] else { continue }
      wires.append(Wire(source: source, output: reference.port, target: target, input: input))
    }
  }

  private mutating func connect() {
    var known: Set<Wire> = []
    wires = wires.filter { known.insert($0).inserted }
    addPorts()
    diagram.edges = wires.compactMap { wire in
      guard
        let output = diagram.boxes[wire.source].outputs.firstIndex(where: {
          $0.name == wire.output
        }),
        let input = diagram.boxes[wire.target].inputs.firstIndex(of: wire.input)
      else { return nil }
      return Diagram.Edge(
        source: wire.source, output: output, target: wire.target, input: input)
    }
  }

  private mutating func addPorts() {
    let outputs = Dictionary(grouping: wires, by: \.source).mapValues { Set($0.map(\.output)) }
    let inputs = Dictionary(grouping: wires, by: \.target).mapValues { Set($0.map(\.input)) }
    for box in diagram.boxes.indices {
      let schema = schemas[box]
      diagram.boxes[box].outputs = Self.ordered(outputs[box], as: schema?.outputs).map {
        Diagram.Port(name: $0, type: types[box]?[$0] ?? .any)
      }
      diagram.boxes[box].inputs = Self.ordered(inputs[box], as: schema?.inputs)
    }
  }

  /// In the order of the declarations.
  private static func ordered(_ names: Set<String>?, as ports: [PortSchema]?) -> [String] {
    guard let names else { return [] }
    return ports.map { $0.map(\.name).filter(names.contains) } ?? names.sorted()
  }
}

extension CheckedNode {
  /// The ports that are bound to constants, a line each.
  fileprivate var constants: [String] {
    schema.inputs.compactMap { port in
      guard case .constant(let value)? = inputs[port.name] else { return nil }
      return "\(port.name): \(value.display)"
    }
  }
}

extension String {
  /// What stands before the last `/`; nil where there is none.
  fileprivate var outerPath: String? { lastIndex(of: "/").map { String(self[..<$0]) } }
}
