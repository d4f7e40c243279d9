import Tensor
import Testing

@testable import Diffusion

struct GuidedDenoiserTests {
  private static let schedule = NoiseSchedule(NoiseScheduleConfiguration())
  private static let sigma: Float = 2.5
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
}
