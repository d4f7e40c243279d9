import Testing

@testable import Tensor

@Suite struct LayoutTests {
  /// Elements that tell their place.
  private func numbered(_ shape: Shape) -> Tensor {
    Tensor(shape, (0..<shape.count).map(Float.init))
  }

  @Test(arguments: [
    [1, 1, 1, 1] as Shape, [2, 3, 4, 5], [1, 17, 33, 16], [3, 16, 1, 50], [0, 3, 4, 4],
  ])
  func channelsLastAndBack(shape: Shape) {
    let x = numbered(shape)
    let (channels, height, width) = (shape[1], shape[2], shape[3])
    let last = x.transposedToChannelsLast()
    #expect(last.shape == [shape[0], height, width, channels])
    let expected = (0..<shape[0]).flatMap { sample in
      (0..<height * width).flatMap { pixel in
        (0..<channels).map { Float((sample * channels + $0) * height * width + pixel) }
      }
    }
    #expect(last.elements == expected)
    let first = last.transposedToChannelsFirst()
    #expect(first.shape == shape && first.elements == x.elements)
  }

  @Test func concatenation() {
    let (a, b) = (numbered([2, 1, 2]), numbered([2, 2, 2]))
    let middle = a.concatenated(with: b, axis: 1)
    #expect(middle.shape == [2, 3, 2])
    #expect(middle.elements == [0, 1, 0, 1, 2, 3, 2, 3, 4, 5, 6, 7])
    #expect(
      b.concatenated(with: numbered([2, 2, 1]), axis: -1).elements
        == [0, 1, 0, 2, 3, 1, 4, 5, 2, 6, 7, 3])
    #expect(Tensor.concatenating([a, a, a]).shape == [6, 1, 2])
    #expect(Tensor.stacked([a, a, a]).shape == [3, 2, 1, 2])
    #expect(Tensor.stacked([a, a]).elements == a.elements + a.elements)
  }

  @Test func slices() {
    let x = numbered([3, 2, 3])
    #expect(x.slice(1..<2).elements == [6, 7, 8, 9, 10, 11])
    #expect(x.slice(1..<2, axis: 1).elements == [3, 4, 5, 9, 10, 11, 15, 16, 17])
    #expect(x.slice(0..<2, axis: -1).elements == [0, 1, 3, 4, 6, 7, 9, 10, 12, 13, 15, 16])
    #expect(x.slice(2..<2).shape == [0, 2, 3])
  }

  @Test(arguments: [(1, 1), (2, 3), (4, 6), (5, 7), (3, 1), (16, 16)])
  func upsampling(height: Int, width: Int) {
    let x = numbered([2, 2, 3, 2])
    let result = x.upsampledNearest(to: height, width: width)
    #expect(result.shape == [2, height, width, 2])
    let expected = (0..<2).flatMap { sample in
      (0..<height).flatMap { y in
        (0..<width).flatMap { x in
          (0..<2).map { Float(((sample * 2 + y * 2 / height) * 3 + x * 3 / width) * 2 + $0) }
        }
      }
    }
    #expect(result.elements == expected)
  }
}
