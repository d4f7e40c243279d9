import Diffusion
import Engine
@testable import Graph
import Tensor
import Testing

@testable import Nodes

struct SetSizesTests {
  private func sizes(_ ports: [String: Int]) throws -> [SizeConditioning?] {
    let part = Conditioning.Part(context: Tensor([1, 1, 1], repeating: 0))
    var inputs: [String: PortArgument] = ["conditioning": .value(Conditioning([part, part]))]
    inputs.merge(ports.mapValues { .constant(.int($0)) }) { $1 }
    let sized = try run(SetSizes.self, inputs)["conditioning"] as? Conditioning
    return try #require(sized).parts.map(\.sizes)
  }

  @Test func everySizeIsToldToEveryPrompt() throws {
    let sizes = try sizes([
      "width": 640, "height": 480, "crop-x": 1, "crop-y": 2, "target-width": 1024,
      "target-height": 768,
    ])
    var expected = SizeConditioning(width: 640, height: 480)
    (expected.cropLeft, expected.cropTop) = (1, 2)
    (expected.targetWidth, expected.targetHeight) = (1024, 768)
    #expect(sizes == [expected, expected])
  }

  @Test func theTargetIsTheOriginalWhereNothingElseIsSaid() throws {
    let expected = SizeConditioning(width: 640, height: 480)
    #expect(try sizes(["width": 640, "height": 480]) == [expected, expected])
  }

  @Test(arguments: [(Family.sd1, 1), (.sd2, 1), (.sdxl, 0)])
  func otherFamiliesAreNotToldSizes(family: Family, warnings: Int) throws {
    var ports = Inference(
      constants: [:],
      inputs: ["conditioning": .handle(.conditioning, .known(family)), "width": .int], outputs: [:])
    try SetSizes.infer(&ports)
    var encoding = Inference(
      constants: [:],
      inputs: ["encoder": .handle(.textEncoder, .known(family)), "second-text": .text], outputs: [:]
    )
    try EncodeText.infer(&encoding)
    #expect(ports.warnings.count == warnings)
    #expect(encoding.warnings.count == warnings)
  }
}
