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

  static let added: [(String, Shape?, UNetInputError)] = [
    ("sdxl", [1, 2, 2, 5], UNetInputError.addedChannels(expected: 0, found: 5)),
    ("inpaint", nil, .addedChannels(expected: 5, found: 0)),
    ("inpaint", [1, 2, 2, 4], .addedChannels(expected: 5, found: 4)),
    ("inpaint", [1, 2, 3, 5], .addedSize(expected: "16x16", found: "24x16")),
  ]

  @Test(arguments: added)
  func channelsBesideTheLatentAreNamed(
    _ model: String, _ shape: Shape?, _ error: UNetInputError
  ) throws {
    let unet: UNet = try PartFolder(path: Fixtures.model(model) + "/unet").load()
    let width = unet.contextWidth
    var conditioning = conditioning(width: width, pooled: model == "sdxl" ? 24 : nil)
    conditioning.parts[0].concat = shape.map { Tensor($0, repeating: 0) }
    #expect(throws: error) { try unet.verify(latent: latent, conditioning: conditioning) }
  }

  @Test func theNodeThatBringsTheChannelsIsNamed() {
    func message(_ expected: Int) -> String {
      UNetInputError.addedChannels(expected: expected, found: 0).description
    }
    #expect(message(5).contains("`inpaint-conditioning`"))
    #expect(message(4).contains("`pix2pix-conditioning`"))
  }

  private func unet() throws -> UNet { try Checkpoint(opening: Fixtures.model("sdxl")).unet() }

  private func conditioning(width: Int, pooled: Int?) -> Conditioning {
    Conditioning(
      context: Tensor([1, 77, width], repeating: 0),
      pooled: pooled.map { Tensor([1, $0], repeating: 0) })
  }
}
