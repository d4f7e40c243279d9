import Graph
import Testing

struct CheckerSpeedTests {
  /// A thousand nodes take about 10 ms on one core; the bound leaves room for a busy machine.
  @Test func aThousandNodesAreCheckedAtOnce() {
    var text = """
      easel: 1
      inputs: { factor: { type: float, default: 1 } }
      nodes:
        n0: { uses: load-image, path: cat-64x32.png }

      """
    for index in 1..<1000 {
      text += """
          n\(index):
            uses: resize-image
            about: Step \(index) of the chain.
            image: ${n\(index - 1).image}
            scale: ${factor * 1.0 + 0.25}

        """
    }
    text += "outputs: { image: \"${n999}\" }\n"
    let times = (0..<5).map { _ in
      processorTime { #expect(check(text).graph?.nodes.count == 1000) }
    }
    let best = times.min() ?? .zero
    print("checking 1000 nodes: \(best)")
    #expect(best < .milliseconds(100))
  }
}
