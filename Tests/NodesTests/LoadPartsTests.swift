import Foundation
import Graph
import Testing

@testable import Nodes

/// The nodes that open models and parts of them, when a graph is checked.
struct LoadPartsTests {
  private static let parts = """
      unet: { uses: load-unet, unet: default, prediction: v_prediction, zero-snr: true }
      encoder: { uses: load-text-encoder, first: default }
      vae: { uses: load-vae, file: default }
      text: { uses: encode-text, encoder: "${encoder}", text: a smiling person }
      canvas: { uses: empty-latent, width: 96, height: 64 }
      sample: { uses: sample, model: "${unet}", positive: "${text}", latent: "${canvas}" }
      picture: { uses: decode-latent, vae: "${vae}", latent: "${sample}" }
    outputs: { image: "${picture}" }

    """

  @Test func partsOfOneModelFitTogether() {
    let check = Checking(Self.parts)
    #expect(check.findings == [])
    #expect(check.type(of: "unet", "model") == "model<sdxl>")
    #expect(check.type(of: "encoder", "encoder") == "text-encoder<sdxl>")
    #expect(check.type(of: "vae", "vae") == "vae<sdxl>")
  }

  @Test func anAutoencoderOfAnotherFamilyIsATypeError() {
    let check = Checking(Self.parts.replacing("file: default", with: "file: default, family: sd1"))
    #expect(check.type(of: "vae", "vae") == nil || !check.findings.isEmpty)
    #expect(check.findings.contains { $0.contains("sd1") && $0.contains("sdxl") })
  }

  @Test(arguments: ["load-checkpoint, model", "load-unet, unet", "load-vae, file"])
  func aPickleIsAFindingAtItsPort(_ uses: String) throws {
    let path = NSTemporaryDirectory() + "easel-\(UUID().uuidString).ckpt"
    try Data([0x80, 0x02]).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let check = Checking("  open: { uses: \(uses): \"\(path)\" }\noutputs: {}\n")
    #expect(check.findings.contains { $0.hasPrefix("unreadable-file") && $0.contains("pickle") })
  }
}
