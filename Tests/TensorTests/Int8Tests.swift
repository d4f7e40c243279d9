import CKernels
import Glibc
import Testing

@testable import Tensor

/// Products of 8-bit integers, on every table that this processor runs.
@Suite struct Int8Tests {
  private static let sizes = [
    (rows: 1, inputs: 1, outputs: 1), (2, 2, 3), (3, 5, 33), (13, 7, 31), (25, 63, 65),
    (12, 64, 32), (7, 130, 17), (170, 33, 50), (5, 1030, 40), (2, 5123, 9),
  ]

  /// Rows whose largest magnitude is 127 are their own integers, with scale 1.
  private static func integers(_ shape: Shape, seed: UInt64) -> Tensor {
    var numbers = SplitMix64(state: seed)
    let elements = (0..<shape.count).map { index in
      index % shape[-1] == 0 ? 127 : Float(Int.random(in: -127...127, using: &numbers))
    }
    return Tensor(shape, elements)
  }

  @Test(arguments: sizes)
  func sumsAreExact(rows: Int, inputs: Int, outputs: Int) {
    let x = Self.integers([rows, inputs], seed: 1)
    let weight = Self.integers([outputs, inputs], seed: 2)
    let expected = Int8Product.sums(x, weight).map { Float($0) }
    for table in KernelTable.runnable {
      let product = Int8Product(table: table, weight: weight)
      #expect(product(x).elements == expected, "\(String(cString: table.name))")
    }
  }

  /// Where instructions that add pairs in 16 bits would saturate, and sums are as large as they can be.
  @Test(arguments: [(127, 127), (127, -127), (-127, 127), (-127, -127)] as [(Float, Float)])
  func extremesDoNotSaturate(value: Float, weightValue: Float) {
    let x = Tensor([3, 5121], repeating: value)
    let weight = Tensor([33, 5121], repeating: weightValue)
    for table in KernelTable.runnable {
      let result = Int8Product(table: table, weight: weight)(x).elements
      #expect(result.allSatisfy { $0 == Float(5121) * value * weightValue })
    }
  }

  @Test func theWidestSumFits() {
    let inputs = Int8Matrix.mostInputs
    for value: Float in [127, -127] {
      for table in KernelTable.runnable {
        let weight = Tensor([1, inputs], repeating: value)
        let result = Int8Product(table: table, weight: weight)(Tensor([1, inputs], repeating: 127))
        #expect(result.elements == [Float(inputs) * 127 * value])
      }
    }
  }

  /// The integers are the same everywhere, so that only the rounding of the scaled sums differs.
  @Test(arguments: sizes)
  func everyTableQuantisesAlike(rows: Int, inputs: Int, outputs: Int) {
    let x = Tensor.random([rows, inputs], seed: 3) * 4
    let weight = Tensor.random([outputs, inputs], seed: 4)
    let expected = Int8Product.reference(x, weight)
    for table in KernelTable.runnable {
      #expect(Int8Product(table: table, weight: weight)(x).relativeError(to: expected) < 1e-6)
    }
  }

  @Test(arguments: [1e-45, 1e-38, 1e-30, 1e30, 3e38] as [Float])
  func magnitudesOfAllSizesPass(magnitude: Float) {
    let x = Tensor([1, 3], [magnitude, -magnitude, magnitude / 2])
    let weight = Tensor([2, 3], [1, 0, 0, 0, -1, 1])
    for table in KernelTable.runnable {
      let result = Int8Product(table: table, weight: weight)(x).elements
      let expected = magnitude < 0x1p-120 ? 0 : magnitude
      #expect(abs(result[0] - expected) <= expected / 100)
      let sum = 1.5 * expected
      #expect(sum.isFinite ? abs(result[1] - sum) <= expected / 50 : result[1] == sum)
    }
  }

  @Test func whatIsNoNumberStaysInItsRow() {
    for value in [Float.infinity, -.infinity, .nan, .signalingNaN] {
      let x = Tensor([3, 2], [1, 2, value, 1, 0, 0])
      for table in KernelTable.runnable {
        let result = Int8Product(table: table, weight: Tensor([1, 2], [1, 1]))(x).elements
        #expect(abs(result[0] - 3) < 0.02 && result[1].isNaN && result[2] == 0)
      }
    }
  }

  @Test(arguments: [(rows: 1, inputs: 5, outputs: 6), (40, 64, 96), (171, 100, 70)])
  func whatFollowsAProductIsDone(rows: Int, inputs: Int, outputs: Int) {
    let x = Self.integers([rows, inputs], seed: 5) * 0x1p-7
    let weight = Self.integers([outputs, inputs], seed: 6) * 0x1p-10
    let bias = Tensor.random([outputs], seed: 7)
    let sums = Reference.linear(x, weight: weight, bias: bias)
    let plain = PackedLinear(weight: weight, bias: bias, precision: .int8)
    let addend = Tensor.random([rows, outputs], seed: 8)
    #expect(x.linear(plain).relativeError(to: sums) < 1e-6)
    let added = zip(sums, addend.doubles).map { $0 + $1 }
    #expect(x.linear(plain, plus: addend).relativeError(to: added) < 1e-6)
    let silu = sums.map { $0 / (1 + exp(-$0)) }
    #expect(x.linear(plain, then: .silu).relativeError(to: silu) < 2e-6)
    let gated = PackedLinear(weight: weight, bias: bias, isGated: true, precision: .int8)
    let whole = Tensor([rows, outputs], sums.map { Float($0) })
    #expect(x.linear(gated).relativeError(to: whole.gatedGELU().doubles) < 2e-6)
  }

  /// Half a step of 254 for weights and inputs, evenly spread.
  @Test func theErrorIsHalfAPerCent() {
    let x = Tensor.random([64, 320], seed: 9)
    let weight = Tensor.random([128, 320], seed: 10)
    let exact = Reference.linear(x, weight: weight, bias: nil)
    let result = x.linear(PackedLinear(weight: weight, bias: nil, precision: .int8)).doubles
    let error = zip(result, exact).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    #expect((error / exact.reduce(0) { $0 + $1 * $1 }).squareRoot() < 0.006)
  }

  @Test func halvesAreQuantisedAsTheyAreStored() {
    let weight = Self.integers([40, 24], seed: 11)
    let bytes = weight.elements.flatMap { value in
      withUnsafeBytes(of: UInt16(value.bitPattern >> 16)) { Array($0) }
    }
    bytes.withUnsafeBytes { bytes in
      let stored = StoredElements(
        shape: [40, 24], dtype: .bfloat16, bytes: bytes, owner: 0, isMapped: false)
      let x = Self.integers([9, 24], seed: 12)
      let layers = [
        PackedLinear(weight: stored, bias: nil, precision: .int8),
        PackedLinear(weight: weight, bias: nil, precision: .int8),
      ]
      #expect(x.linear(layers[0]).elements == x.linear(layers[1]).elements)
    }
  }

  @Test func aWeightTakesAQuarter() {
    let weight = Tensor.random([640, 640], seed: 13)
    let matrix = Int8Matrix(weight: StoredElements(weight), bias: nil, isGated: false)
    #expect(matrix.panels.byteCount * 10 < weight.shape.count * 11)
  }

  @Test func layersThatAreTooWideStayFull() {
    let wide = Tensor([1, Int8Matrix.mostInputs + 1], repeating: 1)
    let layer = PackedLinear(weight: wide, bias: nil, precision: .int8)
    #expect(wide.linear(layer).elements == [Float(Int8Matrix.mostInputs + 1)])
  }
}
