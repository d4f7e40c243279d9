import Tensor
import Testing

@testable import Imaging

struct ImageTests {
  @Test func signedPixelsAreCutOffAndScaled() {
    let image = Image(signedPixels: Tensor([1, 1, 2, 3], [-3, -1, -0.5, 0, 1, 2]))
    #expect(image.width == 2 && image.height == 1)
    #expect(image.pixels.elements == [0, 0, 0.25, 0.5, 1, 1])
    #expect(image.signedPixels.shape == [1, 1, 2, 3])
    #expect(image.signedPixels.elements == [-1, -1, -0.5, 0, 1, 1])
  }

  @Test func maskHasOneValueEverywhere() {
    let mask = Mask(width: 3, height: 2, filledWith: 0.5)
    #expect(mask.width == 3 && mask.height == 2)
    #expect(mask.values.elements == [Float](repeating: 0.5, count: 6))
  }
}
