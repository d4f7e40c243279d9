import Testing

@testable import Tensor

@Suite struct ActivationTests {
  private static let inputs = (-40_000...40_000).map { Float($0) / 2000 }

  @Test(arguments: Activation.allCases)
  func matchesDefinition(_ activation: Activation) {
    let x = Tensor([Self.inputs.count], Self.inputs)
    let result = x.activated(activation).doubles
    for (x, y) in Swift.zip(x.doubles, result) {
      let exact = Reference.activation(activation, x)
      #expect(abs(y - exact) <= 1e-6 * abs(exact) + 1e-12, "at \(x)")
    }
  }

  @Test(arguments: [Activation.silu, .gelu, .quickGELU])
  func limits(_ activation: Activation) {
    let result = Tensor([4], [1000, -1000, 1e30, -1e30]).activated(activation).elements
    #expect(result[0] == 1000 && result[2] == 1e30)
    #expect(abs(result[1]) < 1e-30 && abs(result[3]) < 1)
    #expect(Tensor([1], [.nan]).activated(activation).elements[0].isNaN)
  }

  @Test(arguments: [[1, 2] as Shape, [3, 7, 26], [257, 2560]])
  func gatedGELU(shape: Shape) {
    let x = Tensor.random(shape, seed: 1) * 4
    let result = x.gatedGELU()
    #expect(result.shape == shape.replacingLast(with: shape[-1] / 2))
    #expect(result.relativeError(to: Reference.gatedGELU(x)) < 1e-6)
  }

  @Test(arguments: [[1, 1] as Shape, [5, 33], [64, 1000], [2, 3, 77]])
  func softmax(shape: Shape) {
    let x = Tensor.random(shape, seed: 1) * 30
    let reference = Reference.rows(of: x).flatMap(Reference.softmax)
    #expect(x.softmax().relativeError(to: reference) < 1e-6)
  }
}
