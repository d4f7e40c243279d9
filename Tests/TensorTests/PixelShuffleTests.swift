import Testing

@testable import Tensor

struct PixelShuffleTests {
  /// As PyTorch documents it: channel `c * f * f + dy * f + dx` becomes the pixel `(dy, dx)` of channel `c`.
  @Test func channelsBecomePixels() {
    let channels = Tensor([1, 1, 2, 8], (0..<16).map(Float.init))
    let pixels = channels.pixelsShuffled(by: 2)
    #expect(pixels.shape == [1, 2, 4, 2])
    #expect(pixels.elements == [0, 4, 1, 5, 8, 12, 9, 13, 2, 6, 3, 7, 10, 14, 11, 15])
    #expect(pixels.pixelsUnshuffled(by: 2).elements == channels.elements)
  }

  @Test(arguments: [1, 2, 3, 4]) func unshufflingUndoesShuffling(factor: Int) {
    let picture = Tensor.pseudorandom([2, 3, 5, 3 * factor * factor], seed: 4)
    let back = picture.pixelsShuffled(by: factor).pixelsUnshuffled(by: factor)
    #expect(back.elements == picture.elements)
  }
}

struct LeakyRectificationTests {
  @Test func onlyNegativeElementsAreMultiplied() {
    let x = Tensor([2, 3], [1, -2, 0, -1, 3, -4])
    #expect(x.leakilyRectified(slope: 0.5).elements == [1, -1, 0, -0.5, 3, -2])
    let slopes = Tensor([3], [0.5, 0.25, 2])
    #expect(x.leakilyRectified(slopes: slopes).elements == [1, -0.5, 0, -0.5, 3, -8])
  }
}
