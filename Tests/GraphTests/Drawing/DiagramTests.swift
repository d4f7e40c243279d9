import Testing

@testable import Graph

/// What of a checked graph is drawn.
struct DiagramTests {
  private static let image = NodeSchema(
    name: "blur-image", version: 1, about: "",
    inputs: [
      PortSchema(name: "image", type: .image(.unknown), about: ""),
      PortSchema(name: "other", type: .image(.unknown), about: "", presence: .optional),
      PortSchema(name: "sigma", type: .float, about: "", presence: .defaulted(.float(2))),
    ],
    outputs: [PortSchema(name: "image", type: .image(.unknown), about: "")])

  private static let place = SourceText(file: "graph.yaml", text: "").start

  private func node(
    _ name: String, _ inputs: [String: Binding] = [:], width: Int? = 64,
    element: MappedElement? = nil, isConditional: Bool = false
  ) -> CheckedNode {
    CheckedNode(
      id: NodeID(name), schema: Self.image, span: Self.place, inputs: inputs,
      outputTypes: ["image": .image(Extent(width: width, height: 64))], element: element,
      isConditional: isConditional)
  }

  private func output(_ node: String) -> Binding {
    .output(OutputReference(node: NodeID(node), port: "image"))
  }

  private func graph(_ nodes: [CheckedNode], image: Binding) -> CheckedGraph {
    CheckedGraph(
      file: "graph.yaml", nodes: nodes,
      outputs: [
        CheckedOutput(name: "picture", binding: image, type: .image(.unknown), span: Self.place)
      ])
  }

  private func edges(_ diagram: Diagram) -> [String] {
    diagram.edges.map { edge in
      let (source, target) = (diagram.boxes[edge.source], diagram.boxes[edge.target])
      return
        "\(source.name).\(diagram.port(of: edge).name) -> \(target.name).\(target.inputs[edge.input])"
    }
  }

  @Test func portsThatAreBoundToConstantsAreDetails() {
    let diagram = Diagram(
      graph(
        [node("a"), node("b", ["image": output("a"), "sigma": .constant(.float(3))])],
        image: output("b")))
    #expect(diagram.boxes.map(\.name) == ["a", "b", "picture"])
    #expect(diagram.boxes[1].details == ["sigma: 3.0"])
    #expect(diagram.boxes[1].inputs == ["image"])
    #expect(edges(diagram) == ["a.image -> b.image", "b.image -> picture.picture"])
  }

  @Test func elementsOfOneNodeAreOneBox() {
    let elements = (0..<3).map { index in
      node(
        "each[\(index + 1)]", ["image": output("a")], width: 64 + index,
        element: MappedElement(group: NodeID("each"), index: index, count: 3))
    }
    let all = Binding.list(elements.map { output($0.id.path) })
    let diagram = Diagram(graph([node("a")] + elements, image: all))
    #expect(diagram.boxes.map(\.count) == [1, 3, 1])
    #expect(diagram.boxes[1].nodes.map(\.path) == ["each[1]", "each[2]", "each[3]"])
    #expect(edges(diagram) == ["a.image -> each.image", "each.image -> picture.picture"])
    // The elements are of different sizes.
    #expect(diagram.boxes[1].outputs[0].type == .image(.unknown))
    #expect(diagram.svg().contains(">×3</text>"))
    #expect(diagram.mermaid.contains("each ×3"))
  }

  @Test func graphsUsedAsNodesAreFrames() {
    let elements = (0..<2).map { index in
      node(
        "fix[\(index + 1)]/inner/blur", ["image": output("a")],
        element: MappedElement(group: NodeID("fix/inner/blur"), index: index, count: 2))
    }
    let diagram = Diagram(
      graph([node("a")] + elements, image: .list(elements.map { output($0.id.path) })))
    #expect(diagram.frames.map(\.name) == ["fix", "fix/inner"])
    #expect(diagram.frames.map(\.count) == [2, 2])
    #expect(diagram.frames.map(\.parent) == [nil, 0])
    #expect(diagram.boxes.map(\.frame) == [nil, 1, nil])
    #expect(diagram.boxes[1].title == "blur")
  }

  @Test func nodesThatMayBeSkippedAreDashed() {
    let condition = Computation(references: [], canonical: "true") { _ in .bool(true) }
    let chosen = Binding.choice(condition, then: output("b"), otherwise: output("a"))
    let diagram = Diagram(
      graph([node("a"), node("b", ["image": output("a")], isConditional: true)], image: chosen))
    #expect(diagram.boxes.map(\.isConditional) == [false, true, false])
    #expect(diagram.edges.map(diagram.isConditional) == [false, true, false])
    #expect(diagram.svg().contains(#"class="box node conditional""#))
    #expect(diagram.mermaid.contains("b1 -.->|"))
    #expect(diagram.dot.contains("style=dashed"))
  }

  @Test func severalEdgesBetweenThesePortsAreOne() {
    let twice = Binding.list([output("a"), output("a")])
    let diagram = Diagram(graph([node("a"), node("b", ["image": twice])], image: output("b")))
    #expect(edges(diagram) == ["a.image -> b.image", "b.image -> picture.picture"])
  }

  @Test func anInputWithoutAValueIsWhereItsEdgesComeFrom() {
    let photo = Binding.output(OutputReference(node: NodeID("photo"), port: "photo"))
    var graph = graph([node("a", ["image": photo])], image: output("a"))
    graph.inputs = [
      CheckedInput(name: "photo", type: .image(.unknown), value: nil, span: Self.place)
    ]
    let diagram = Diagram(graph)
    #expect(diagram.boxes.map(\.kind) == [.input, .node, .output])
    #expect(diagram.boxes[0].subtitle == "image")
    #expect(edges(diagram) == ["photo.photo -> a.image", "a.image -> picture.picture"])
  }

  @Test func aGraphThatWasCheckedHasItsTypesOnItsEdges() throws {
    let result = check(
      """
      easel: 1
      title: Canvas
      inputs: { side: 64 }
      nodes:
        canvas: { uses: empty-latent, width: "${side}", height: 128 }
      outputs: { latent: "${canvas}" }
      """)
    let diagram = Diagram(try #require(result.graph))
    #expect(diagram.title == "Canvas")
    #expect(diagram.boxes.map(\.kind) == [.input, .node, .output])
    #expect(diagram.boxes[0].value == "64")
    #expect(diagram.boxes[1].outputs.map(\.type.description) == ["latent<F, 64x128>"])
  }
}
