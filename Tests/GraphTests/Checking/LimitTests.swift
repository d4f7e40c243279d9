import Graph
import Testing

/// What small files could ask for in any amount is limited.
@Suite(.serialized)
struct LimitTests {
  private static let picture = "easel: 1\nnodes:\n  p: { uses: load-image, path: cat-64x32.png }\n"

  private static func numbers(_ count: Int) -> String {
    "[\((0..<count).map { "\($0 % 200)" }.joined(separator: ","))]"
  }

  @Test func twoMappedNodesWithTooManyElementsTogether() {
    let list = Self.numbers(15_000)
    let text =
      Self.picture + "  a: { uses: blur-image, each: { sigma: \(list) }, image: \"${p}\" }\n"
      + "  b: { uses: blur-image, each: { sigma: \(list) }, image: \"${p}\" }\n"
      + "outputs: { a: \"${a}\", b: \"${b}\" }\n"
    #expect(check(text).codes == [.tooManyNodes])
  }

  @Test func productsThatAreTooLarge() {
    let list = Self.numbers(200)
    let text =
      Self.picture
      + "  a: { uses: blur-image, each: { sigma: \(list), x: \(list), y: \(list) }, "
      + "image: \"${p}\", about: \"${x} ${y}\" }\noutputs: { a: \"${a}\" }\n"
    #expect(check(text).codes.contains(.tooManyNodes))
  }

  @Test func textsThatDoubleInEachGraph() {
    let double = """
      easel: 1
      inputs: { x: { type: text } }
      nodes: { n: { uses: empty-latent } }
      outputs: { x: "${x}${x}" }
      """
    var text = "easel: 1\nnodes:\n  d0: { uses: ./double.yaml, x: abcdefgh }\n"
    for index in 1...60 {
      text += "  d\(index): { uses: ./double.yaml, x: \"${d\(index - 1)}\" }\n"
    }
    text += "outputs: { x: \"${d60}\" }\n"
    #expect(check(text, files: ["double.yaml": double]).codes == [.tooLarge])
  }

  @Test func aLongTextInEveryNode() {
    let long = String(repeating: "long ", count: 12_000)
    let nodes = (0..<5000).map {
      "  n\($0): { uses: encode-text, encoder: \"${c.encoder}\", text: \"${long}\($0)\" }\n"
    }
    let text =
      "easel: 1\ninputs: { long: \"\(long)\" }\nnodes:\n"
      + "  c: { uses: load-checkpoint, model: default }\n\(nodes.joined())"
      + "outputs: { image: \"${n0}\" }\n"
    let time = processorTime { #expect(check(text).codes.contains(.tooLarge)) }
    #expect(time < .seconds(1), "it took \(time)")
  }

  @Test func everyElementTakesEveryElement() {
    let list = Self.numbers(6000)
    let text =
      Self.picture + "  a: { uses: blur-image, each: { sigma: \(list) }, image: \"${p}\" }\n"
      + "  b: { uses: image-grid, each: { n: \(list) }, images: \"${a}\", labels: [\"${n}\"] }\n"
      + "outputs: { b: \"${b}\" }\n"
    let time = processorTime { #expect(check(text).codes.contains(.tooLarge)) }
    #expect(time < .seconds(1), "it took \(time)")
  }
}
