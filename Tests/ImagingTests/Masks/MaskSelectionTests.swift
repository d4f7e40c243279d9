import Tensor
import Testing

@testable import Imaging

struct MaskSelectionTests {
  /// Black, half-lit green, red, white.
  private let image = Image(pixels: Tensor([1, 4, 3], [0, 0, 0, 0, 0.5, 0, 1, 0, 0, 1, 1, 1]))

  @Test func colorsAreChosenByTheirDistance() {
    let black = Mask(of: image, near: .black, tolerance: 0.1, softness: 0)
    #expect(black.values.elements == [1, 0, 0, 0])
    let all = Mask(of: image, near: .black, tolerance: 1, softness: 0)
    #expect(all.values.elements == [1, 1, 1, 1])
    // Half green is at a distance of 0.5 / sqrt(3), 0.2887, and red at twice that.
    let soft = Mask(of: image, near: .black, tolerance: 0.1, softness: 0.5).values.elements
    #expect(soft[0] == 1)
    #expect(abs(soft[1] - (1 - (0.28868 - 0.1) / 0.5)) < 1e-4)
    #expect(abs(soft[2] - (1 - (0.57735 - 0.1) / 0.5)) < 1e-4)
    #expect(soft[3] == 0)
  }

  @Test func lumaIsThatOfPillow() {
    let range = Mask(of: image, luma: 0.29...0.2995, softness: 0)
    #expect(range.values.elements == [0, 1, 1, 0])
    let soft = Mask(of: image, luma: 0.599...1, softness: 1).values.elements
    #expect(abs(soft[2] - 0.7) < 1e-6)
    #expect(soft[3] == 1)
  }
}
