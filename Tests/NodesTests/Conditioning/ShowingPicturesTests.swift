import Diffusion
import Engine
import Imaging
import Tensor
import Testing

@testable import Nodes

/// Models that are shown a picture beside the latent.
struct ShowingPicturesTests {
  private let image = Image(
    pixels: Tensor([16, 24, 3], (0..<16 * 24 * 3).map { Float($0 % 97) / 96 }))
  /// The right third, softly.
  private let mask = Mask(
    values: Tensor([16, 24], (0..<16 * 24).map { $0 % 24 < 16 ? 0.49 : 0.5 }))

  private func text(_ text: String) throws -> PortArgument {
    let encoder = try PortArgument.part("encoder")
    return .value(
      try output(of: EncodeText.self, "conditioning", ["encoder": encoder, "text": .text(text)])
        as Conditioning)
  }

  private func shown(
    by type: any Node.Type, _ more: [String: PortArgument] = [:]
  ) throws -> (positive: Conditioning, negative: Conditioning, latent: Latent) {
    var inputs = ["positive": try text("a smiling person"), "image": .value(image)]
    inputs["vae"] = try .part("vae")
    let results = try run(type, inputs.merging(more) { $1 })
    return (
      try #require(results["positive"] as? Conditioning),
      try #require(results["negative"] as? Conditioning),
      try #require(results["latent"] as? Latent)
    )
  }

  private func encoded(_ image: Image) throws -> [Float] {
    let inputs = ["vae": try PortArgument.part("vae"), "image": .value(image)]
    return try (output(of: EncodeImage.self, "latent", inputs) as Latent).samples.elements
  }

  @Test func theMaskComesBeforeTheMaskedPicture() throws {
    let result = try shown(by: InpaintConditioning.self, ["mask": .value(mask)])
    let channels = try #require(result.positive.parts[0].concat)
    #expect(channels.shape == [1, 2, 3, 5])
    #expect(channels.slice(0..<1, axis: 3).elements == [0, 0, 1, 0, 0, 1])
    let pixels = image.pixels.elements.enumerated().map { $0 / 3 % 24 < 16 ? $1 : 0.5 }
    let grey = Image(pixels: Tensor([16, 24, 3], pixels))
    #expect(try channels.slice(1..<5, axis: 3).elements == encoded(grey))
    #expect(try result.latent.samples.elements == encoded(image))
    #expect(result.negative.parts[0].concat?.elements == channels.elements)
    #expect(result.negative.context.elements.allSatisfy { $0 == 0 })
  }

  @Test func thePictureToBeChangedIsNotScaled() throws {
    let negative = try text("a sad person")
    let result = try shown(by: Pix2PixConditioning.self, ["negative": negative])
    let latent = try encoded(image)
    #expect(result.latent.samples.elements == latent)
    let scale = try #require(
      (try .part("vae") as PortArgument).autoencoder?.vae() as? VAE
    ).scalingFactor
    let channels = try #require(result.positive.parts[0].concat)
    for (unscaled, scaled) in zip(channels.elements, latent) {
      #expect(abs(unscaled * scale - scaled) < 1e-5)
    }
    #expect(result.negative.parts[0].concat?.elements == channels.elements)
    #expect(result.negative.context.elements.contains { $0 != 0 })
    let same = try shown(by: Pix2PixConditioning.self, ["scaled": .constant(.bool(true))])
    #expect(same.positive.parts[0].concat?.elements == latent)
  }

  @Test func sizesAreChecked() throws {
    let small = Mask(width: 8, height: 8, filledWith: 1)
    #expect(throws: SizesDiffer.self) {
      try shown(by: InpaintConditioning.self, ["mask": .value(small)])
    }
    let odd = Image(pixels: Tensor([8, 12, 3], repeating: 0))
    #expect(throws: SizeNotMultiple.self) {
      try shown(by: Pix2PixConditioning.self, ["image": .value(odd)])
    }
  }

  private func sample(
    _ model: PortArgument, _ positive: Conditioning, _ more: [String: PortArgument] = [:]
  ) throws -> [Float] {
    let latent = Latent(samples: Tensor([1, 2, 3, 4], repeating: 0))
    let inputs: [String: PortArgument] = [
      "model": model, "positive": .value(positive), "latent": .value(latent), "steps": .int(1),
      "cfg": .float(3),
    ]
    return try (output(of: Sample.self, "latent", inputs.merging(more) { $1 }) as Latent).samples
      .elements
  }

  /// Channels without weight change nothing, whether the negative prompt brings them or is lent them.
  @Test func allPromptsAreShownThePicture() throws {
    let wide = try WideModel(channels: 5, weight: 0)
    let result = try shown(by: InpaintConditioning.self, ["mask": .value(mask)])
    let plain = try #require(try text("a smiling person").conditioning)
    let expected = try sample(.part("model"), plain)
    #expect(try sample(wide.model(), result.positive) == expected)
    #expect(
      try sample(wide.model(), result.positive, ["negative": .value(result.negative)]) == expected)
    #expect(throws: UNetInputError.addedChannels(expected: 5, found: 0)) {
      try sample(wide.model(), plain)
    }
    #expect(throws: UNetInputError.addedChannels(expected: 0, found: 5)) {
      try sample(.part("model"), result.positive)
    }
  }

  @Test func thePictureGuides() throws {
    let wide = try WideModel(channels: 4, weight: 0.01)
    let result = try shown(by: Pix2PixConditioning.self)
    func sample(scale: Double) throws -> [Float] {
      let inputs: [String: PortArgument] = ["model": try wide.model(), "scale": .float(scale)]
      let model: DiffusionModel = try output(of: SetImageCFG.self, "model", inputs)
      return try self.sample(.value(model), result.positive)
    }
    // In one step to zero the result is the prediction, and equation 3 is a straight line in the scale.
    let (none, once, twice) = (try sample(scale: 0), try sample(scale: 1), try sample(scale: 2))
    #expect(once == (try self.sample(wide.model(), result.positive)))
    #expect(none != once)
    let size = twice.reduce(0) { max($0, abs($1)) }
    for index in once.indices {
      #expect(abs(none[index] + twice[index] - 2 * once[index]) < 1e-4 * size)
    }
  }

  @Test(
    arguments: [
      (16, 16, []), (16, 24, ["size-mismatch"]), (20, 20, ["invalid-size"]),
    ] as [(Int, Int, [String])])
  func sizesAreKnownWhenTheGraphIsChecked(width: Int, maskWidth: Int, codes: [String]) {
    let check = Checking(
      """
        checkpoint: { uses: load-checkpoint }
        text: { uses: encode-text, encoder: "${checkpoint.encoder}", text: a smiling person }
        picture: { uses: empty-latent, width: 16, height: 16 }
        image: { uses: decode-latent, vae: "${checkpoint.vae}", latent: "${picture}" }
        resized: { uses: resize-image, image: "${image}", width: \(width), height: 16 }
        mask: { uses: mask-box, x: 0, y: 0, box-width: 8, box-height: 8, width: \(maskWidth), height: 16 }
        shown: { uses: inpaint-conditioning, positive: "${text}", vae: "${checkpoint.vae}", image: "${resized}", mask: "${mask}" }
      outputs: { latent: "${shown.latent}", positive: "${shown.positive}" }

      """)
    #expect(check.findings.map { String($0.prefix { $0 != ":" }) } == codes)
    guard codes.isEmpty else { return }
    #expect(check.type(of: "shown", "latent") == "latent<sdxl, 16x16>")
    #expect(check.type(of: "shown", "negative") == "conditioning<sdxl>")
  }
}

extension PortArgument {
  fileprivate var autoencoder: Autoencoder? {
    if case .value(let value) = self { value as? Autoencoder } else { nil }
  }

  fileprivate var conditioning: Conditioning? {
    if case .value(let value) = self { value as? Conditioning } else { nil }
  }
}
