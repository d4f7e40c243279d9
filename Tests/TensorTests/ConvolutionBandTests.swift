import CKernels
import Testing

@testable import Tensor

@Suite struct ConvolutionBandTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let kernel: Int
    let stride: Int
    let padding: Padding
    let isDoubled: Bool
    let isNormalized: Bool

    var testDescription: String {
      "\(kernel)x\(kernel) by \(stride), \(padding), doubled \(isDoubled), norm \(isNormalized)"
    }
  }

  private static let cases = [
    Case(kernel: 3, stride: 1, padding: 1, isDoubled: false, isNormalized: false),
    Case(kernel: 3, stride: 1, padding: 1, isDoubled: false, isNormalized: true),
    Case(kernel: 3, stride: 1, padding: 1, isDoubled: true, isNormalized: true),
    Case(kernel: 1, stride: 1, padding: 0, isDoubled: false, isNormalized: false),
    Case(
      kernel: 3, stride: 2, padding: Padding(bottom: 1, right: 1), isDoubled: false,
      isNormalized: false),
    Case(kernel: 5, stride: 1, padding: 2, isDoubled: true, isNormalized: false),
  ]

  /// Of pictures that are wide and narrow, of few channels and of many, so that every method is met.
  /// OpenBLAS sums a row in an order that depends on how many rows there are.
  @Test(
    .enabled(if: !kernels_prefer_openblas()),
    arguments: cases, [[1, 4, 5, 16], [1, 29, 37, 24], [1, 26, 11, 4]])
  func bandsAreTheLinesOfTheWhole(_ test: Case, _ sizes: [Int]) {
    let x = Tensor.random(Shape(sizes), seed: 1)
    let channels = sizes[3]
    let kernel = PackedConvolution(
      weight: .random([20, channels, test.kernel, test.kernel], seed: 2),
      bias: .random([20], seed: 3), stride: test.stride, padding: test.padding)
    let norm = ChannelNormalization(
      scale: .random([1, channels], seed: 4), shift: .random([1, channels], seed: 5))
    let input = { (picture: Tensor) in
      ConvolutionInput(
        picture, isDoubled: test.isDoubled, normalization: test.isNormalized ? norm : nil,
        then: .silu)
    }
    let plain = input(x).convolved(with: kernel)
    let addend = Tensor.random(plain.shape, seed: 6)
    let whole = input(x).convolved(with: kernel, plus: addend)
    for count in [4, 12, 100] {
      let storage = PictureStorage(addend)
      storage.beginWriting()
      for first in stride(from: 0, to: plain.shape[1], by: count) {
        let lines = first..<min(first + count, plain.shape[1])
        let band = ConvolutionBand(
          lines, of: kernel, height: sizes[1], isDoubled: test.isDoubled)
        let part = input(x.slice(band.inputLines, axis: 1))
        #expect(bits(band.convolve(part)) == bits(plain.slice(lines, axis: 1)))
        band.convolve(part, plus: storage.lines(lines), into: storage)
      }
      #expect(bits(storage.tensor) == bits(whole))
    }
  }

  @Test(arguments: [[1, 13, 7, 6], [1, 64, 33, 40], [2, 9, 5, 8]])
  func momentsOfBandsAreThoseOfTheWhole(_ sizes: [Int]) {
    let x = Tensor.random(Shape(sizes), seed: 7)
    let (weight, bias) = (Tensor.random([sizes[3]], seed: 8), Tensor.random([sizes[3]], seed: 9))
    let whole = x.groupNormalization(groups: 2, weight: weight, bias: bias, epsilon: 1e-6)
    for count in [4, 8, 60] {
      let moments = ChannelMoments(samples: sizes[0], channels: sizes[3])
      for first in stride(from: 0, to: sizes[1], by: count) {
        moments.add(x.slice(first..<min(first + count, sizes[1]), axis: 1))
      }
      let banded = moments.normalization(groups: 2, weight: weight, bias: bias, epsilon: 1e-6)
      #expect(bits(banded.scale) == bits(whole.scale) && bits(banded.shift) == bits(whole.shift))
    }
  }

  private func bits(_ tensor: Tensor) -> [UInt32] { tensor.elements.map(\.bitPattern) }
}
