import Graph
import Testing

/// Ten times the nodes take ten times as long. The bound leaves room for caches and a busy machine: what is
/// quadratic takes a hundred times as long.
@Suite(.serialized)
struct GrowthTests {
  private static let shapes: [(name: String, text: @Sendable (Int) -> String)] = [
    ("a chain", chain), ("elements", elements), ("elements of elements", chainOfElements),
    ("uses of a graph", uses), ("sums", sums), ("warnings", unused),
  ]

  @Test(arguments: shapes.indices)
  func checkingIsLinear(_ index: Int) {
    let (name, text) = Self.shapes[index]
    let small = time(text(1000))
    let large = time(text(10_000))
    print("growth of \(name): 1,000 nodes in \(small), 10,000 in \(large)")
    #expect(large < small * 40, "\(name): \(small), and ten times as many in \(large)")
  }

  private func time(_ text: String) -> Duration {
    let times = (0..<3).map { _ in
      processorTime { #expect(check(text, purpose: .inspection, files: Self.files).graph != nil) }
    }
    return times.min() ?? .zero
  }

  private static let files = [
    "part.yaml": """
    easel: 1
    inputs: { image: { type: image } }
    nodes: { soft: { uses: blur-image, image: "${image}" } }
    outputs: { image: "${soft}" }
    """
  ]

  private static let picture = "easel: 1\nnodes:\n  n0: { uses: load-image, path: cat-64x32.png }\n"

  @Sendable private static func chain(_ count: Int) -> String {
    let nodes = (1..<count).map { "  n\($0): { uses: blur-image, image: \"${n\($0 - 1)}\" }\n" }
    return picture + nodes.joined() + "outputs: { image: \"${n\(count - 1)}\" }\n"
  }

  @Sendable private static func uses(_ count: Int) -> String {
    let nodes = (1..<count).map { "  n\($0): { uses: ./part.yaml, image: \"${n\($0 - 1)}\" }\n" }
    return picture + nodes.prefix(count / 2).joined() + "outputs: { image: \"${n\(count / 2)}\" }\n"
  }

  @Sendable private static func elements(_ count: Int) -> String {
    let sigmas = (0..<count).map { "\($0 % 200)" }.joined(separator: ", ")
    return picture
      + "  soft: { uses: blur-image, each: { sigma: [\(sigmas)] }, image: \"${n0}\" }\n"
      + "outputs: { images: \"${soft}\" }\n"
  }

  @Sendable private static func chainOfElements(_ count: Int) -> String {
    let sigmas = (0..<count / 4).map { "\($0 % 200)" }.joined(separator: ", ")
    return picture + "  s0: { uses: blur-image, each: { sigma: [\(sigmas)] }, image: \"${n0}\" }\n"
      + (1..<4).map { "  s\($0): { uses: blur-image, each: { image: \"${s\($0 - 1)}\" } }\n" }
      .joined()
      + "outputs: { images: \"${s3}\" }\n"
  }

  @Sendable private static func sums(_ count: Int) -> String {
    let nodes = (1..<count).map {
      "  n\($0): { uses: resize-image, image: \"${n0}\", scale: \"${z.width / 64 + \($0 % 7)}\" }\n"
    }
    return picture + "  z: { uses: image-size, image: \"${n0}\" }\n" + nodes.joined()
      + "outputs: { images: [\((1..<count).map { "\"${n\($0)}\"" }.joined(separator: ", "))] }\n"
  }

  @Sendable private static func unused(_ count: Int) -> String {
    let nodes = (1..<count).map { "  n\($0): { uses: blur-image, image: \"${n0}\" }\n" }
    return picture + nodes.joined() + "outputs: { image: \"${n0}\" }\n"
  }
}
