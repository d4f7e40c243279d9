import Tensor
import Testing

@testable import Diffusion

@Suite struct UNetInputErrorTests {
  let latent = Tensor([1, 2, 2, 4], repeating: 0)

  @Test func inputsOfTheRightWidthsPass() throws {
    try unet().verify(latent: latent, conditioning: conditioning(width: 40, pooled: 24))
  }

  static let cases: [(Int, Int, Int?, UNetInputError)] = [
    (4, 16, 24, UNetInputError.contextWidth(expected: 40, found: 16)),
    (4, 40, 20, .pooledWidth(expected: 24, found: 20)),
    (4, 40, nil, .pooledWidth(expected: 24, found: 0)),
    (9, 40, 24, .latentChannels(expected: 4, found: 9)),
  ]

  @Test(arguments: cases)
  func otherWidthsAreNamed(
    _ channels: Int, _ width: Int, _ pooled: Int?, _ error: UNetInputError
  ) throws {
    let latent = Tensor([1, 2, 2, channels], repeating: 0)
    let unet = try unet()
    #expect(throws: error) {
      try unet.verify(latent: latent, conditioning: conditioning(width: width, pooled: pooled))
    }
  }

  private func unet() throws -> UNet { try Checkpoint(opening: Fixtures.model("sdxl")).unet() }

  private func conditioning(width: Int, pooled: Int?) -> Conditioning {
    Conditioning(
      context: Tensor([1, 77, width], repeating: 0),
      pooled: pooled.map { Tensor([1, $0], repeating: 0) })
  }
}
