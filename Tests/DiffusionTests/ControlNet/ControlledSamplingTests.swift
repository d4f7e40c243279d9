import Tensor
import Testing

@testable import Diffusion

/// Whole runs against diffusers' pipelines with ControlNets: Euler, spacing `leading`, 4 steps, a guidance of 4.
@Suite struct ControlledSamplingTests {
  struct Run: CustomTestStringConvertible, Sendable {
    let name: String
    var networks = ["sd15"]
    var strengths: [Float] = [1]
    var range = TimestepRange()
    var mode = Control.Mode.balanced
    var model = "sd15"
    var testDescription: String { name }

    func controls() throws -> [Control] {
      try zip(networks, strengths).map { network, strength in
        var control = try Control(
          ControlNetFixture(network).model(), hint: ControlNetFixture.hint())
        (control.strength, control.range, control.mode) = (strength, range, mode)
        return control
      }
    }
  }

  /// The four steps lie at 751, 501, 251 and 1 of the 1000 that the model was trained on. diffusers counts steps, and
  /// its half of the run is the first two or the last two of them.
  static let runs = [
    Run(name: "one", strengths: [0.8]),
    Run(name: "early", range: TimestepRange(end: 0.6)),
    Run(name: "late", range: TimestepRange(start: 0.6)),
    Run(name: "two", networks: ["sd15", "second/sd15"], strengths: [0.8, 0.6]),
    Run(name: "prompt", mode: .prompt),
    Run(name: "control", mode: .control),
    Run(name: "sdxl", networks: ["sdxl"], strengths: [0.8], model: "sdxl"),
    Run(
      name: "sdxl-two", networks: ["sdxl", "sdxl-small"], strengths: [0.8, 0.6], model: "sdxl"),
  ]

  private static var schedule: NoiseSchedule {
    var configuration = NoiseScheduleConfiguration()
    configuration.leadingOffset = 1
    return NoiseSchedule(configuration)
  }

  static func prompts(_ model: String) throws -> (positive: Conditioning, negative: Conditioning) {
    let file = try SafetensorsFile(
      path: Fixtures.path("layouts/\(model)/diffusers/outputs.safetensors"))
    func prompt(_ prefix: String) throws -> Conditioning {
      Conditioning(
        context: try file.tensor("\(prefix)prompt_embeds"),
        pooled: try? file.tensor("\(prefix)pooled_prompt_embeds"))
    }
    return (try prompt(""), try prompt("negative_"))
  }

  static func denoiser(
    _ model: String, _ positive: Conditioning, _ negative: Conditioning, cfg: Float = 4
  ) throws -> GuidedDenoiser {
    let hint = try ControlNetFixture.hint().shape
    return GuidedDenoiser(
      unet: try SmallUNet.named(model), schedule: schedule, positive: positive, negative: negative,
      cfg: cfg, width: hint[2], height: hint[1])
  }

  @Test(arguments: runs)
  func runsAreThoseOfDiffusers(_ run: Run) throws {
    var (positive, negative) = try Self.prompts(run.model)
    for control in try run.controls() { positive = positive.controlled(by: control) }
    negative = negative.controlled(as: positive)
    let denoiser = try Self.denoiser(run.model, positive, negative)
    let start = Tensor([1, 8, 6, 4], repeating: 0)
    try SmallUNet.named(run.model).verify(latent: start, conditioning: positive)
    var settings = SamplingSettings(seed: 7, steps: 4)
    settings.schedule = .leading
    let latent = try settings.sample(
      start, model: Self.schedule, denoise: denoiser.callAsFunction)
    let reference = try Reference("controlnet/outputs", prefix: "run")
    #expect(try latent.relativeError(to: reference[run.name]) < tolerance)
  }

  private static let sigma: Float = 2.5
  private let x = NoiseLibrary.cpu.noise([1, 8, 6, 4], seed: 3)

  private func clean(
    _ positive: Conditioning, _ negative: Conditioning? = nil, cfg: Float = 1
  ) throws -> Tensor {
    try Self.denoiser("sd15", positive, negative ?? positive, cfg: cfg)(x, sigma: Self.sigma)
  }

  /// The part of `[1, h, w, C]` that lies in an area of the latent.
  private func cut(_ tensor: Tensor, to area: LatentArea, scale: Int = 1) -> Tensor {
    tensor.cropped(to: area.scaled(by: scale))
  }

  @Test func withoutStrengthOrOutsideOfItsRangeNothingChanges() throws {
    let (prompt, _) = try Self.prompts("sd15")
    let plain = try clean(prompt)
    var none = try Self.runs[0].controls()[0]
    none.strength = 0
    #expect(try clean(prompt.controlled(by: none)).relativeError(to: plain) == 0)
    var late = try Self.runs[0].controls()[0]
    late.range.start = 0.99
    #expect(try clean(prompt.controlled(by: late)).relativeError(to: plain) == 0)
    #expect(
      try clean(prompt.controlled(by: Self.runs[0].controls()[0])).relativeError(to: plain) > 0.01)
  }

  @Test func aMaskOfZerosIsNoneAndOneOfOnesIsAll() throws {
    let (prompt, _) = try Self.prompts("sd15")
    var control = try Self.runs[0].controls()[0]
    let whole = try clean(prompt.controlled(by: control))
    control.mask = Tensor([16, 9], repeating: 1)
    #expect(try clean(prompt.controlled(by: control)).relativeError(to: whole) < 1e-6)
    control.mask = Tensor([16, 9], repeating: 0)
    let plain = try clean(prompt)
    #expect(try clean(prompt.controlled(by: control)).relativeError(to: plain) < 1e-6)
  }

  /// Prompts with and without a ControlNet share a call of the UNet, and are what they are alone.
  @Test func promptsOfOneCallHeedTheirOwnControlNets() throws {
    let (prompt, negative) = try Self.prompts("sd15")
    let controlled = prompt.controlled(by: try Self.runs[0].controls()[0])
    let guided = try clean(controlled, negative, cfg: 3)
    let (towards, away) = (try clean(controlled), try clean(negative))
    #expect(guided.relativeError(to: away + (towards - away) * 3) < 1e-5)
  }

  /// In a step there is one text, of both halves of guidance, for the UNet and the ControlNet; in all steps, one hint.
  @Test func bothHalvesAreOneCallAndAHintIsLookedAtOnce() throws {
    let (prompt, negative) = try Self.prompts("sd15")
    let controlled = prompt.controlled(by: try Self.runs[0].controls()[0])
    let denoiser = try Self.denoiser("sd15", controlled, negative.controlled(as: controlled))
    for sigma: Float in [5, 2.5, 1] { _ = denoiser(x, sigma: sigma) }
    #expect(denoiser.texts.count == 1)
    #expect(denoiser.hints.count == 1)
  }

  /// What a prompt predicts of a part of the latent alone, with that part of a hint and of its mask.
  private func clean(
    _ prompt: Conditioning, following control: Control, in area: LatentArea
  ) throws -> Tensor {
    var own = try Control(
      ControlNetFixture("sd15").model(), hint: cut(control.hint, to: area, scale: 8))
    own.mask = try cut(ControlNetFixture.mask().reshaped(to: [1, 8, 6, 1]), to: area)
      .reshaped(to: [area.rows.count, area.columns.count])
    let denoiser = GuidedDenoiser(
      unet: try SmallUNet.named("sd15"), schedule: Self.schedule,
      positive: prompt.controlled(by: own), negative: prompt, cfg: 1,
      width: 8 * area.columns.count, height: 8 * area.rows.count)
    return denoiser(cut(x, to: area), sigma: Self.sigma)
  }

  private func maskedControl() throws -> Control {
    var control = try Control(ControlNetFixture("sd15").model(), hint: ControlNetFixture.hint())
    control.mask = try ControlNetFixture.mask()
    return control
  }

  /// An area's prompt follows the same part of the hint as of the latent.
  @Test func hintsAreCutToTheArea() throws {
    let (prompt, _) = try Self.prompts("sd15")
    let control = try maskedControl()
    var lower = prompt.controlled(by: control)
    lower.parts[0].area = .pixels(x: 16, y: 32, width: 32, height: 32)
    let area = LatentArea(rows: 4..<8, columns: 2..<6)
    let alone = try clean(prompt, following: control, in: area)
    #expect(cut(try clean(lower), to: area).relativeError(to: alone) < 1e-5)
  }

  /// So does a tile, and the whole is the mean of what the tiles are alone.
  @Test func hintsAreCutToTheTiles() throws {
    let (prompt, _) = try Self.prompts("sd15")
    let control = try maskedControl()
    let tiles = LatentTiles(size: 4, overlap: 2)
    let denoiser = GuidedDenoiser(
      unet: try SmallUNet.named("sd15"), schedule: Self.schedule,
      positive: prompt.controlled(by: control), negative: prompt, cfg: 1, width: 48, height: 64,
      tiles: tiles)
    let areas = tiles.areas(height: 8, width: 6)
    #expect(areas.count == 6)
    var mean = WeightedMean(x.shape)
    let whole = LatentArea(height: 8, width: 6)
    let placed = PlacedPrompt(prompt.parts[0], text: 0, .positive, scale: 8, height: 8, width: 6)
    for area in areas {
      let tile = try #require(placed.restricted(to: area, of: tiles, in: whole, scale: 8))
      mean.add(try clean(prompt, following: control, in: area), of: tile)
    }
    #expect(denoiser(x, sigma: Self.sigma).relativeError(to: mean.mean) < 1e-5)
  }
}
