import Tensor
import Testing

@testable import Imaging

struct ImageResizingTests {
  @Test func overshootIsCutOff() {
    let edge = Mask(values: Tensor([1, 8], [0, 0, 0, 0, 1, 1, 1, 1]))
    let raw = edge.values.reshaped(to: [1, 8, 1]).resampled(
      toWidth: 40, height: 1, filter: .lanczos)
    #expect(raw.elements.contains { $0 < 0 } && raw.elements.contains { $0 > 1 })
    let resized = edge.resized(toWidth: 40, height: 1, filter: .lanczos).values.elements
    #expect(resized.allSatisfy { 0...1 ~= $0 })
  }

  @Test func containFillsBothSidesWithTheBackground() {
    let image = Image(pixels: Tensor([1, 2, 3], [1, 1, 1, 1, 1, 1]))
    let resized = image.resized(
      toWidth: 4, height: 5, filter: .nearest, fit: .contain,
      background: Color(red: 1, green: 0.5, blue: 0))
    let room: [[Float]] = Array(repeating: [1, 0.5, 0], count: 4)
    let white: [[Float]] = Array(repeating: [1, 1, 1], count: 4)
    #expect(resized.pixels.elements == (room + white + white + room + room).flatMap { $0 })
  }

  @Test(arguments: [
    ((300, 100), (10, 10)), ((1, 50), (7, 3)), ((13, 9), (26, 18)), ((9, 9), (1, 1)),
  ])
  func everyFitGivesTheSize(_ own: (Int, Int), _ size: (Int, Int)) {
    for fit in ResizeFit.allCases {
      let mask = Mask(width: own.0, height: own.1, filledWith: 1)
      let resized = mask.resized(toWidth: size.0, height: size.1, fit: fit)
      #expect(resized.width == size.0 && resized.height == size.1)
    }
  }

  /// Covering a wide picture with a tall one must not enlarge the parts that are cut off.
  @Test func coverOfExtremeProportionsIsCheap() {
    let mask = Mask(width: 1, height: 32_768, filledWith: 0.5)
    let resized = mask.resized(toWidth: 512, height: 512, fit: .cover)
    #expect(resized.values.elements.allSatisfy { abs($0 - 0.5) < 1e-6 })
  }

  @Test func sameSizeChangesNothing() {
    let values = (0..<35).map { Float($0) / 34 }
    let mask = Mask(values: Tensor([5, 7], values))
    for filter in ResamplingFilter.allCases {
      for fit in ResizeFit.allCases {
        #expect(
          mask.resized(toWidth: 7, height: 5, filter: filter, fit: fit).values.elements == values)
      }
    }
  }
}
