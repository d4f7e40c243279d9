import Testing

@testable import Tensor

/// Operators on matrices, against their definitions.
@Suite struct MatrixOperatorTests {
  private func matrix(_ rows: Int, _ columns: Int, seed: UInt64) -> Tensor {
    .pseudorandom([rows, columns], seed: seed, mean: 0, deviation: 1)
  }

  @Test(arguments: [(1, 1, 1), (7, 3, 17), (33, 4, 129)])
  func aProductIsThatOfRowsAndColumns(_ rows: Int, _ inner: Int, _ columns: Int) {
    let (a, b) = (matrix(rows, inner, seed: 1), matrix(inner, columns, seed: 2))
    let addend = matrix(rows, columns, seed: 3)
    let (x, y, z) = (a.elements, b.elements, addend.elements)
    let expected = (0..<rows * columns).map { index in
      let (row, column) = (index / columns, index % columns)
      return (0..<inner).reduce(z[index]) { $0 + x[row * inner + $1] * y[$1 * columns + column] }
    }
    let product = a.multiplied(by: b, plus: addend)
    #expect(product.shape == [rows, columns])
    #expect(zip(product.elements, expected).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test(arguments: [(1, 1, 1, 1), (2, 3, 5, 4), (16, 16, 9, 31)])
  func aKroneckerProductHasABlockForEachElement(_ a: Int, _ b: Int, _ c: Int, _ d: Int) {
    let (left, right) = (matrix(a, b, seed: 1), matrix(c, d, seed: 2))
    let product = left.kroneckerProduct(with: right)
    #expect(product.shape == [a * c, b * d])
    let (x, y) = (left.elements, right.elements)
    let expected = (0..<a * c).flatMap { row in
      (0..<b * d).map { x[row / c * b + $0 / d] * y[row % c * d + $0 % d] }
    }
    #expect(product.elements == expected)
  }

  @Test(arguments: [(1, 1), (5, 7), (300, 70)])
  func rowsAreSummedAndScaled(_ rows: Int, _ columns: Int) {
    let input = matrix(rows, columns, seed: 4)
    let factors = Tensor([rows], (0..<rows).map { Float($0) - 2 })
    let elements = input.elements
    let sums = (0..<rows).map { row in
      elements[row * columns..<(row + 1) * columns].reduce(0.0) { $0 + Double($1) * Double($1) }
    }
    #expect(input.squaredRowSums().elements == sums.map { Float($0) })
    let scaled = elements.indices.map { elements[$0] * (Float($0 / columns) - 2) }
    #expect(input.scalingRows(by: factors).elements == scaled)
  }
}
