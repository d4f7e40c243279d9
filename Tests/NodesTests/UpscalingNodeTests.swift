import Diffusion
import Engine
import Foundation
import Graph
import Imaging
import Tensor
import Testing

@testable import Nodes

/// A file of an upscaler of the compact kind, of random weights: twice as large, 8 channels.
private func withUpscaler(_ body: (String) throws -> Void) throws {
  let path = NSTemporaryDirectory() + "easel-\(UUID().uuidString).safetensors"
  defer { try? FileManager.default.removeItem(atPath: path) }
  func weight(_ shape: Shape, _ seed: UInt64) -> Tensor {
    .pseudorandom(shape, seed: seed, deviation: 0.1)
  }
  let file = SafetensorsWriter.encode([
    ("body.0.weight", weight([8, 3, 3, 3], 1)), ("body.0.bias", weight([8], 2)),
    ("body.1.weight", weight([8], 3)), ("body.2.weight", weight([12, 8, 3, 3], 4)),
    ("body.2.bias", weight([12], 5)),
  ])
  try Data(file).write(to: URL(filePath: path))
  try body(path)
}

struct UpscalingNodeTests {
  private let image = Image(
    pixels: Tensor.pseudorandom([10, 14, 3], seed: 1, mean: 0.5, deviation: 0.1))

  private func enlarged(
    _ image: Image, _ inputs: [String: PortArgument] = [:]
  ) throws -> Image {
    try output(
      of: UpscaleImage.self, "image",
      inputs.merging(["image": .value(image)]) { given, _ in given })
  }

  @Test func aNetworkGivesItsOwnSize() throws {
    try withUpscaler { path in
      let opened = try run(
        LoadUpscaler.self,
        ["model": .constant(.path(.init(written: "upscaler", resolved: path)))])
      #expect(opened["scale"] as? Int == 2)
      let upscaler = PortArgument.value(try #require(opened["upscaler"]))
      let large = try enlarged(image, ["upscaler": upscaler])
      let direct = try Upscaler(opening: path)(image.pixels.reshaped(to: [1, 10, 14, 3]))
      #expect(large.pixels.elements == direct.elements)
      let rest = try enlarged(image, ["upscaler": upscaler, "scale": 3])
      #expect((rest.width, rest.height) == (42, 30))
      #expect(
        rest.pixels.elements == large.resized(toWidth: 42, height: 30).pixels.elements)
    }
  }

  @Test func withoutANetworkLanczosEnlarges() throws {
    let large = try enlarged(image)
    #expect(large.pixels.elements == image.resized(toWidth: 28, height: 20).pixels.elements)
    let rounded = try enlarged(image, ["scale": 1.5, "multiple-of": 8])
    #expect((rounded.width, rounded.height) == (24, 16))
    let dot = try enlarged(Image(pixels: Tensor([1, 1, 3], [0.1, 0.5, 0.9])), ["scale": 4])
    #expect((dot.width, dot.height) == (4, 4))
  }

  @Test func sizesAreKnownWhenAGraphIsChecked() throws {
    try withUpscaler { path in
      let graph = Checking(
        """
          checkpoint: { uses: load-checkpoint }
          upscaler: { uses: load-upscaler, model: "\(path)" }
          canvas: { uses: empty-latent, width: 96, height: 64 }
          larger: { uses: upscale-latent, latent: "${canvas}", scale: 1.5 }
          picture: { uses: decode-latent, vae: "${checkpoint.vae}", latent: "${larger}" }
          twice: { uses: upscale-image, image: "${picture}", upscaler: "${upscaler.upscaler}", scale: "${upscaler.scale}" }
          plain: { uses: upscale-image, image: "${picture}", scale: 1.1, multiple-of: 8 }
          own: { uses: upscale-image, image: "${picture}", upscaler: "${upscaler.upscaler}", multiple-of: 64 }
          grey: { uses: binarize, image: "${picture}" }
          either: { uses: upscale-image, image: "${picture}", upscaler: "${grey.threshold > 9 ? upscaler.upscaler : upscaler.upscaler}" }
          network: { uses: load-upscaler, when: "${grey.threshold > 9}", model: "\(path)" }
          open: { uses: upscale-image, image: "${picture}", upscaler: "${network.upscaler}" }
          given: { uses: upscale-image, image: "${picture}", scale: "${grey.threshold / 100.0}" }
          round: { uses: upscale-image, image: "${picture}", multiple-of: "${grey.threshold}" }
        outputs: { twice: "${twice}", plain: "${plain}", own: "${own}", either: "${either}", open: "${open}", given: "${given}", round: "${round}" }

        """)
      #expect(graph.findings == [])
      #expect(graph.type(of: "upscaler", "upscaler") == "upscaler")
      #expect(graph.type(of: "larger", "latent")?.contains("144x96") == true)
      #expect(graph.type(of: "twice", "image")?.contains("288x192") == true)
      #expect(graph.type(of: "plain", "image")?.contains("160x104") == true)
      #expect(graph.type(of: "own", "image") == "image<320x192>")
      #expect(graph.type(of: "either", "image") == "image<288x192>")
      for node in ["open", "given", "round"] { #expect(graph.type(of: node, "image") == "image") }
    }
  }

  @Test func aFileOfAnotherKindIsAFinding() throws {
    let check = Checking(
      "  upscaler: { uses: load-upscaler, model: \"\(#filePath)\" }\noutputs: {}\n")
    #expect(check.findings.contains { $0.hasPrefix("unreadable-file") })
  }

  /// What the network itself would draw counts, even where the result is made smaller again.
  @Test(arguments: [nil, 0.125]) func whatWouldBeTooLargeIsRefused(scale: Double?) throws {
    try withUpscaler { path in
      var inputs: [String: PortArgument] = [
        "image": .value(Image(width: 20_000, height: 1, filledWith: .white)),
        "upscaler": .value(try Upscaler(opening: path)),
      ]
      inputs["scale"] = scale.map { .constant(.float($0)) }
      #expect(throws: ImageTooLarge.self) { try run(UpscaleImage.self, inputs) }
    }
  }

  /// What a network draws is known too, even where the result is made smaller again.
  @Test func whatANetworkWouldDrawTooLargeIsAFinding() throws {
    let check = Checking(
      """
        checkpoint: { uses: load-checkpoint }
        network: { uses: load-upscaler }
        canvas: { uses: empty-latent, width: 8192, height: 8192 }
        picture: { uses: decode-latent, vae: "${checkpoint.vae}", latent: "${canvas}" }
        large: { uses: upscale-image, image: "${picture}", upscaler: "${network.upscaler}", scale: 1 }
      outputs: { image: "${large}" }

      """)
    #expect(
      check.findings == [
        "invalid-size: the result would be 16384x16384; a side may have 32768 pixels, the whole 100 million"
      ])
  }

  @Test func whatWouldBeTooLargeIsAFinding() throws {
    let check = Checking(
      """
        checkpoint: { uses: load-checkpoint }
        canvas: { uses: empty-latent, width: 8192, height: 8192 }
        picture: { uses: decode-latent, vae: "${checkpoint.vae}", latent: "${canvas}" }
        large: { uses: upscale-image, image: "${picture}", scale: 4 }
        larger: { uses: upscale-latent, latent: "${canvas}", scale: 4 }
      outputs: { image: "${large}", latent: "${larger}" }

      """)
    #expect(check.findings.count == 2)
    #expect(
      check.findings.allSatisfy { $0.hasPrefix("invalid-size: the result would be 32768x32768") })
  }
}

/// `sample` by tiles.
struct TiledSamplingTests {
  private func sampled(_ size: Int, _ more: [String: PortArgument]) throws -> Latent {
    let text = ["encoder": try PortArgument.part("encoder"), "text": .text("a face")]
    let positive = try #require(try run(EncodeText.self, text)["conditioning"])
    let latent = Latent(samples: Tensor.pseudorandom([1, size, size, 4], seed: 2, deviation: 0.3))
    let inputs: [String: PortArgument] = [
      "model": try .part("model"), "positive": .value(positive), "latent": .value(latent),
      "steps": 2, "denoise": 0.5, "cfg": 3,
    ]
    return try output(of: Sample.self, "latent", inputs.merging(more) { $1 })
  }

  @Test func oneTileIsTheWhole() throws {
    let whole = try sampled(8, [:])
    let tiled = try sampled(8, ["tile": 64])
    #expect(tiled.samples.elements == whole.samples.elements)
  }

  @Test func severalTilesGiveAnotherPictureOfTheSameSize() throws {
    let whole = try sampled(12, [:])
    let tiled = try sampled(12, ["tile": 64, "overlap": 32])
    #expect(tiled.samples.shape == whole.samples.shape)
    #expect(tiled.samples.elements.allSatisfy { $0.isFinite })
    #expect(tiled.samples.elements != whole.samples.elements)
  }

  @Test(arguments: [
    ("tile: 100", "invalid-value: a tile of 100 pixels is no multiple of 8"),
    ("tile: 64, overlap: 40", "invalid-value: tiles of 64 pixels cannot share 40"),
    ("tile: 64, overlap: 64", "invalid-value: tiles of 64 pixels cannot share 64"),
    ("tile: 0", "out-of-range"), ("tile: 7", "out-of-range"), ("tile: 8200", "out-of-range"),
    ("tile: 64, overlap: -8", "out-of-range"),
  ]) func tilesThatDoNotFitAreFound(ports: String, finding: String) {
    let check = Checking(
      """
        checkpoint: { uses: load-checkpoint }
        text: { uses: encode-text, encoder: "${checkpoint.encoder}", text: a face }
        canvas: { uses: empty-latent, width: 96, height: 64 }
        sample: { uses: sample, model: "${checkpoint.model}", positive: "${text}", latent: "${canvas}", \(ports) }
      outputs: { latent: "${sample}" }

      """)
    #expect(check.findings.count == 1)
    #expect(check.findings.first?.hasPrefix(finding) == true)
  }
}
