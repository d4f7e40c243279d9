import Testing

@testable import Graph

struct PortTypeTests {
  @Test(arguments: [
    "int", "float", "bool", "text", "path", "color", "seed", "size", "image", "mask",
    "image<512x768>", "latent<sdxl>", "latent<sdxl, 128x128>", "latent<F>", "model<sd1>",
    "text-encoder<F>", "vae<F>", "conditioning<sd2>", "controlnet<F>", "image-encoder", "upscaler",
    "detector", "list<int>", "list<image<8x8>>",
  ])
  func spellingsReadBack(_ text: String) {
    #expect(PortType(spelled: text)?.description == text)
  }

  @Test(arguments: [
    "", "number", "image<", "image<sdxl>", "image<0x3>", "image<3>", "image<3x4, 5x6>", "int<3>",
    "list", "list<>", "list<thing>", "model<3x4>", "upscaler<sdxl>", "model<f>", "model<sd1, sd2>",
  ])
  func whatIsNoTypeIsNone(_ text: String) {
    #expect(PortType(spelled: text) == nil)
  }

  @Test func partlyKnownSizesShowIt() {
    #expect(PortType.image(Extent(width: 8)).description == "image<8x?>")
    #expect(PortType.latent(.variable("F@noise"), .unknown).description == "latent<F>")
    #expect(
      PortType.latent(.variable("F@noise"), Extent(width: 8, height: 8)).known == "latent<8x8>")
  }
}
