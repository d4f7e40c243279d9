import Testing

@testable import Imaging

/// The pieces of cascades, by their definitions.
struct GreyPlaneTests {
  private let plane = GreyPlane(
    width: 7, height: 5, samples: (0..<35).map { UInt8($0 * 53 % 256) })

  private func sum(where isInside: (_ x: Int, _ y: Int) -> Bool) -> Int32 {
    let inside = (0..<35).filter { isInside($0 % 7, $0 / 7) }
    return inside.map { Int32(plane.samples[$0]) }.reduce(0, +)
  }

  @Test func sumsAreThoseOfTheirDefinitions() {
    let sums = PictureSums(plane, squares: true, tilted: true)
    for y in 0...5 {
      for x in 0...7 {
        let upright = sum { $0 < x && $1 < y }
        let tilted = sum { $1 < y && abs($0 - x + 1) <= y - $1 - 1 }
        #expect(sums.values[y * 8 + x] == upright)
        #expect(sums.values[(6 + y) * 8 + x] == tilted)
      }
    }
    let squares = plane.samples.map { Int32($0) * Int32($0) }
    #expect(sums.squares.last == squares.reduce(0, +))
  }

  @Test func greyIsWeighedAsOpenCVDoes() {
    let colors: [Float] = [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1]
    let image = Image(pixels: .init([1, 4, 3], colors))
    #expect(GreyPlane(image).samples == [76, 150, 29, 255])
  }

  @Test func ofTheSameSizeItStaysAsItIs() {
    #expect(plane.resized(toWidth: 7, height: 5) == plane)
    // Halves are the mean of four pixels, halves rounded up.
    let small = plane.resized(toWidth: 7, height: 5).resized(toWidth: 1, height: 1)
    #expect(small.samples == [plane.samples[2 * 7 + 3]])
  }

  @Test func partsOfMasksHangTogetherAtTheirCorners() {
    let mask = Mask(
      values: .init([3, 5], [1, 0, 0, 0, 0.1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1]))
    #expect(mask.parts.map(\.numbers) == [[0, 0, 2, 2], [4, 0, 1, 1], [3, 2, 2, 1]])
    let part = mask.restricted(to: PixelRegion(x: -1, y: 0, width: 2, height: 9))
    #expect(part.values.elements.reduce(0, +) == 1)
  }
}
