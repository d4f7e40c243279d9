import Tensor
import Testing

@testable import Diffusion

struct GuidedDenoiserTests {
  private static let schedule = NoiseSchedule(NoiseScheduleConfiguration())
  private static let sigma: Float = 2.5
  /// The part of the training steps that lies before `sigma`.
  private static let progress = 1 - schedule.timestep(of: sigma) / 999
  /// Tiny models whose UNets take a bare latent, with references for a batch of two.
  private static let cases = UNetCase.all.filter {
    ["models/sd1", "models/sd2", "models/sdxl"].contains($0.name)
  }

  /// One latent, and two conditionings out of the reference's batch.
  private struct Inputs {
    let unet: UNet
    let x: Tensor
    let conditionings: [Conditioning]

    init(_ unetCase: UNetCase) throws {
      let reference = try unetCase.reference()
      unet = try unetCase.unet()
      x = try reference["sample"].slice(0..<1)
      conditionings = try [0..<1, 1..<2].map { half in
        Conditioning(
          context: try reference["context"].slice(half),
          pooled: reference.contains("text_embeds") ? try reference["text_embeds"].slice(half) : nil
        )
      }
    }

    func clean(_ positive: Conditioning, _ negative: Conditioning, cfg: Float) -> Tensor {
      let denoiser = GuidedDenoiser(
        unet: unet, schedule: schedule, positive: positive, negative: negative, cfg: cfg, width: 64,
        height: 48)
      return denoiser(x, sigma: sigma)
    }
  }

  @Test(arguments: cases)
  func guidanceIsAStraightLineThroughBothHalves(unetCase: UNetCase) throws {
    let inputs = try Inputs(unetCase)
    let (positive, negative) = (inputs.conditionings[0], inputs.conditionings[1])
    let towards = inputs.clean(positive, negative, cfg: 1)
    let away = inputs.clean(negative, positive, cfg: 1)
    for cfg: Float in [0, 0.5, 7] {
      let guided = inputs.clean(positive, negative, cfg: cfg)
      #expect(guided.relativeError(to: away + (towards - away) * cfg) < 1e-5, "cfg \(cfg)")
    }
  }

  @Test(arguments: cases) func withoutGuidanceTheNegativeIsNotLookedAt(unetCase: UNetCase) throws {
    let inputs = try Inputs(unetCase)
    let positive = inputs.conditionings[0]
    let nothing = Conditioning(
      context: positive.context * .nan, pooled: positive.pooled.map { $0 * .nan })
    let clean = inputs.clean(positive, nothing, cfg: 1)
    #expect(clean.elements == inputs.clean(positive, positive, cfg: 1).elements)
    #expect(clean.elements.allSatisfy { $0.isFinite })
  }

  @Test func theUNetSeesAnInputOfVarianceOneAndTheTimestep() throws {
    let inputs = try Inputs(UNetCase.all[0])
    let positive = inputs.conditionings[0]
    let scaled = inputs.x * (1 / (1 + Self.sigma * Self.sigma).squareRoot())
    let epsilon = inputs.unet(
      scaled, timestep: Self.schedule.timestep(of: Self.sigma), context: positive.context)
    let clean = inputs.clean(positive, positive, cfg: 1)
    #expect(clean.relativeError(to: inputs.x - epsilon * Self.sigma) < 1e-6)
  }

  @Test func promptsWithPlacesAreThoseOfTheReference() throws {
    let reference = try Reference("guidance/regional", prefix: "regional")
    let unet: UNet = try PartFolder(path: Fixtures.model("sd1") + "/unet").load()
    var left = Conditioning(context: try reference["left"])
    left.parts[0].area = .pixels(x: 0, y: 0, width: 96, height: 96)
    left.parts[0].strength = 1.25
    var masked = Conditioning(context: try reference["masked"])
    masked.parts[0].mask = PromptMask(values: try reference["mask"])
    func clean(cfg: Float) throws -> Tensor {
      var guidance = Guidance()
      guidance.rescale = 0.5
      let denoiser = GuidedDenoiser(
        unet: unet, schedule: Self.schedule, guidance: guidance,
        positive: left.combined(with: masked),
        negative: Conditioning(context: try reference["negative"]), cfg: cfg, width: 160,
        height: 96)
      return denoiser(try reference["x"], sigma: try reference["sigma"].elements[0])
    }
    #expect(try clean(cfg: 1).relativeError(to: reference["positive"]) < tolerance)
    #expect(try clean(cfg: 5).relativeError(to: reference["guided"]) < tolerance)
  }

  /// An area's prompt is shown the same part of the channels beside the latent as of the latent.
  @Test func channelsBesideTheLatentAreCutToTheArea() throws {
    let unet: UNet = try PartFolder(path: Fixtures.model("inpaint") + "/unet").load()
    func numbers(_ shape: Shape, seed: Int) -> Tensor { NoiseLibrary.cpu.noise(shape, seed: seed) }
    let context = numbers([1, 1, 7, unet.contextWidth], seed: 1)
    var left = Conditioning(context: context.reshaped(to: [1, 7, unet.contextWidth]))
      .showing(numbers([1, 8, 12, 5], seed: 2))
    left.parts[0].area = .pixels(x: 16, y: 0, width: 64, height: 48)
    let x = numbers([1, 8, 12, 4], seed: 3)
    let clean = GuidedDenoiser(
      unet: unet, schedule: Self.schedule, positive: left, negative: left, cfg: 1, width: 96,
      height: 64)(x, sigma: Self.sigma)
    func cut(_ tensor: Tensor) -> Tensor { tensor.slice(0..<6, axis: 1).slice(2..<10, axis: 2) }
    let scaled = cut(x) * (1 / (1 + Self.sigma * Self.sigma).squareRoot())
    let epsilon = unet(
      scaled.concatenated(with: cut(numbers([1, 8, 12, 5], seed: 2)), axis: -1),
      timestep: Self.schedule.timestep(of: Self.sigma), context: left.context)
    #expect(cut(clean).relativeError(to: cut(x) - epsilon * Self.sigma) < 1e-5)
  }

  @Test func outsideOfItsRangeGuidanceIsOff() throws {
    let inputs = try Inputs(UNetCase.all[0])
    let (positive, negative) = (inputs.conditionings[0], inputs.conditionings[1])
    func clean(_ range: TimestepRange, _ negative: Conditioning, cfg: Float) -> Tensor {
      var guidance = Guidance()
      guidance.range = range
      let denoiser = GuidedDenoiser(
        unet: inputs.unet, schedule: Self.schedule, guidance: guidance, positive: positive,
        negative: negative, cfg: cfg, width: 64, height: 48)
      return denoiser(inputs.x, sigma: Self.sigma)
    }
    let early = TimestepRange(start: 0, end: Self.progress - 0.01)
    let middle = TimestepRange(start: Self.progress - 0.01, end: Self.progress + 0.01)
    let nothing = Conditioning(context: negative.context * .nan)
    let plain = inputs.clean(positive, negative, cfg: 1)
    #expect(clean(early, nothing, cfg: 7).relativeError(to: plain) == 0)
    let guided = inputs.clean(positive, negative, cfg: 7)
    #expect(clean(middle, negative, cfg: 7).relativeError(to: guided) == 0)
  }

  @Test func promptsOutsideOfTheirRangeAreLeftOut() throws {
    let inputs = try Inputs(UNetCase.all[0])
    let (early, late) = (inputs.conditionings[0], inputs.conditionings[1])
    var both = early.combined(with: late)
    both.parts[0].range.end = Self.progress + 0.01
    both.parts[1].range.start = Self.progress + 0.02
    let alone = inputs.clean(early, early, cfg: 1)
    #expect(inputs.clean(both, early, cfg: 1).relativeError(to: alone) == 0)
  }

  @Test(arguments: cases) func elementsOfABatchAreSingleRuns(unetCase: UNetCase) throws {
    let inputs = try Inputs(unetCase)
    let (positive, negative) = (inputs.conditionings[0], inputs.conditionings[1])
    let xs = [inputs.x, inputs.x * 0.5]
    let denoiser = GuidedDenoiser(
      unet: inputs.unet, schedule: Self.schedule, positive: positive, negative: negative, cfg: 3,
      width: 64, height: 48)
    let batch = denoiser(.concatenating(xs), sigma: Self.sigma)
    for (index, x) in xs.enumerated() {
      let alone = denoiser(x, sigma: Self.sigma)
      #expect(batch.slice(index..<index + 1).relativeError(to: alone) == 0)
    }
  }
}
