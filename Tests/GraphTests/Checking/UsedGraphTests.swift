import Graph
import Testing

/// Graphs used as nodes.
struct UsedGraphTests {
  private let files = [
    "parts/shrink.yaml": """
    easel: 1
    inputs:
      image: { type: image }
      scale: { type: float, default: 0.5 }
      stamp: { type: path, default: stamp-8x8.png }
    nodes:
      small: { uses: resize-image, image: "${image}", scale: "${scale}" }
      stamp-image: { uses: load-image, path: "${stamp}" }
    outputs:
      image: ${small}
      stamp: ${stamp-image}
      scale: ${scale * 2}
    """,
    "library/twice.yaml": """
    easel: 1
    inputs: { image: { type: image } }
    nodes:
      once: { uses: ../parts/shrink.yaml, image: "${image}" }
      again: { uses: ../parts/shrink.yaml, image: "${once.image}", scale: "${once.scale / 4}" }
    outputs: { image: "${again.image}" }
    """,
  ]

  @Test func theirNodesAreLaidOutFlat() throws {
    let text = """
      easel: 1
      nodes:
        picture: { uses: load-image, path: cat-64x32.png }
        fix: { uses: graphs/twice, image: "${picture}" }
      outputs: { image: "${fix}" }
      """
    let result = check(text, files: files)
    #expect(result.diagnostics.isEmpty)
    let graph = try #require(result.graph)
    #expect(
      graph.nodes.map(\.id.path) == [
        "picture", "fix/once/small", "fix/once/stamp-image", "fix/again/small",
        "fix/again/stamp-image",
      ])
    #expect(result.constant("fix/again/small", "scale") == .float(0.25))
    #expect(
      result.constant("fix/once/stamp-image", "path")?.resolvedPath == "parts/stamp-8x8.png")
    guard case .output(let reference)? = graph.outputs.first?.binding else {
      Issue.record("not an output")
      return
    }
    #expect(reference == OutputReference(node: NodeID("fix/again/small"), port: "image"))
    #expect(Set(result.sources.keys) == ["graph.yaml", "library/twice.yaml", "parts/shrink.yaml"])
  }

  @Test func termsThatDoubleInEachGraphAreRefused() {
    let double = """
      easel: 1
      inputs: { x: { type: int } }
      nodes: { n: { uses: empty-latent } }
      outputs: { x: "${x + x}" }
      """
    var text = """
      easel: 1
      nodes:
        picture: { uses: load-image, path: cat-64x32.png }
        d0: { uses: image-size, image: "${picture}" }
        d1: { uses: ./double.yaml, x: "${d0.width}" }

      """
    for index in 2...60 {
      text += "  d\(index): { uses: ./double.yaml, x: \"${d\(index - 1)}\" }\n"
    }
    text += "outputs: { x: \"${d60}\" }\n"
    #expect(check(text, files: ["double.yaml": double]).codes == [.tooLarge])
  }

  @Test func graphsThatMultiplyAreRefused() {
    var files: [String: String] = [:]
    for level in 0..<9 {
      let next = level == 8 ? "load-image, path: x.png" : "./g\(level + 1).yaml"
      let nodes = (0..<10).map { "  n\($0): { uses: \(next) }" }.joined(separator: "\n")
      files["g\(level).yaml"] = "easel: 1\nnodes:\n\(nodes)\noutputs: { x: \"${n0}\" }\n"
    }
    let text = "easel: 1\nnodes: { a: { uses: ./g0.yaml } }\noutputs: { x: \"${a}\" }\n"
    #expect(check(text, files: files).codes == [.tooManyNodes])
  }
}

extension Literal {
  fileprivate var resolvedPath: String? {
    if case .path(let path) = self { path.resolved } else { nil }
  }
}
