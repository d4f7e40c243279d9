import Testing

@testable import Tensor

@Suite struct ArithmeticTests {
  @Test(arguments: [[1] as Shape, [3, 5, 7], [2, 40_001], [0, 4]])
  func elementByElement(shape: Shape) {
    let (a, b) = (Tensor.random(shape, seed: 1), Tensor.random(shape, seed: 2))
    let pairs = Array(Swift.zip(a.elements, b.elements))
    #expect((a + b).elements == pairs.map { $0 + $1 })
    #expect((a - b).elements == pairs.map { $0 - $1 })
    #expect((a * b).elements == pairs.map { $0 * $1 })
    #expect((a * 3).elements == a.elements.map { $0 * 3 })
    #expect(a.map { $0.rounded() }.elements == a.elements.map { $0.rounded() })
    #expect(a.zip(b, max).elements == pairs.map { max($0, $1) })
  }

  @Test(arguments: [[1, 1, 1, 1] as Shape, [2, 3, 5, 7], [3, 4, 5], [2, 60, 60, 9]])
  func addingPerChannel(shape: Shape) {
    let x = Tensor.random(shape, seed: 1)
    let vector = Tensor.random([shape[0], shape[-1]], seed: 2)
    let (values, addends) = (x.elements, vector.elements)
    let sampleSize = shape.count / shape[0]
    let expected = values.indices.map {
      values[$0] + addends[$0 / sampleSize * shape[-1] + $0 % shape[-1]]
    }
    #expect(x.adding(perChannel: vector).elements == expected)
  }
}
