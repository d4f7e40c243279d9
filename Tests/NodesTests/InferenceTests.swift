import Graph
import Testing

@testable import Nodes

/// What the nodes say of their outputs when a graph is checked.
struct InferenceTests {
  private static let drawing = """
      checkpoint: { uses: load-checkpoint }
      text: { uses: encode-text, encoder: "${checkpoint.encoder}", text: a smiling person }
      canvas: { uses: empty-latent, width: 96, height: 64 }
      sample: { uses: sample, model: "${checkpoint.model}", positive: "${text}", latent: "${canvas}" }
      picture: { uses: decode-latent, vae: "${checkpoint.vae}", latent: "${sample}" }
      again: { uses: encode-image, vae: "${checkpoint.vae}", image: "${picture}" }
      large: { uses: resize-image, image: "${picture}", width: 960, height: 640 }
    outputs: { image: "${large}", latent: "${again}" }

    """

  @Test func familyAndSizeGoThroughTheWholeGraph() {
    let check = Checking(Self.drawing)
    #expect(check.findings == [])
    #expect(check.type(of: "checkpoint", "model") == "model<sdxl>")
    #expect(check.type(of: "text", "conditioning") == "conditioning<sdxl>")
    #expect(check.type(of: "canvas", "latent") == "latent<sdxl, 96x64>")
    #expect(check.type(of: "sample", "latent") == "latent<sdxl, 96x64>")
    #expect(check.type(of: "picture", "image") == "image<96x64>")
    #expect(check.type(of: "again", "latent") == "latent<sdxl, 96x64>")
    #expect(check.type(of: "large", "image") == "image<960x640>")
  }

  @Test(arguments: [
    ("width: 100", "the width, 100, is no multiple of 8", "96 or 104 would fit"),
    ("height: 9", "the height, 9, is no multiple of 8", "8 or 16 would fit"),
  ])
  func aSizeWithoutALatentIsRefused(port: String, message: String, help: String) {
    let check = Checking(
      "  canvas: { uses: empty-latent, \(port) }\noutputs: { latent: \"${canvas}\" }\n")
    #expect(check.findings == ["invalid-size: \(message)"])
    #expect(check.result.diagnostics.first?.help == help)
  }

  @Test func aPictureWithoutALatentIsRefused() {
    let check = Checking(
      Self.drawing.replacing("width: 960, height: 640", with: "width: 50, height: 64")
        .replacing("image: \"${picture}\" }\n  large", with: "image: \"${large}\" }\n  large"))
    #expect(check.findings == ["invalid-size: the width, 50, is no multiple of 8"])
  }
}
