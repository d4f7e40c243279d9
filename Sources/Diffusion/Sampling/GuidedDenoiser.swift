import Tensor

/// A UNet as a denoiser under classifier-free guidance: Ho and Salimans, "Classifier-Free Diffusion
/// Guidance" (2022), equation 6 with `cfg` for `1 + w`.
public struct GuidedDenoiser: Sendable {
  private let unet: UNet
  private let schedule: NoiseSchedule
  private let cfg: Float
  private let context: TextContext
  private let added: AddedConditioning?
  private var isGuided: Bool { context.tokens.shape[0] == 2 }

  /// Runs the UNet once a step: on a batch of two, or with `cfg` 1 on the positive half alone.
  ///
  /// - Parameters:
  ///   - guidance: what else steers beside `cfg`.
  ///   - negative: not looked at when `cfg` is 1.
  ///   - width: of the picture, in pixels; SDXL is told it.
  ///   - height: of the picture, in pixels.
  public init(
    unet: UNet, schedule: NoiseSchedule, guidance: Guidance = Guidance(), positive: Conditioning,
    negative: Conditioning, cfg: Float, width: Int, height: Int
  ) {
    let halves = cfg == 1 ? [positive] : [negative, positive]
    self.unet = unet
    self.schedule = schedule
    self.cfg = cfg
    context = TextContext(.concatenating(halves.map(\.context), axis: 0))
    added = Self.added(unet, halves, width: width, height: height)
  }

  /// The clean latent in `x`, `[1, h, w, C]`.
  public func callAsFunction(_ x: Tensor, sigma: Float) -> Tensor {
    let input = schedule.scaledInput(x, sigma: sigma)
    let output = unet(
      isGuided ? .concatenating([input, input], axis: 0) : input,
      timestep: schedule.timestep(of: sigma), context: context, added: added)
    return schedule.clean(x, output: isGuided ? guided(output) : output, sigma: sigma)
  }

  private func guided(_ output: Tensor) -> Tensor {
    let (negative, positive) = (output.slice(0..<1), output.slice(1..<2))
    return negative + (positive - negative) * cfg
  }

  /// Where nothing else is said, SDXL's sizes are as diffusers sets them: the picture is whole and not cropped.
  private static func added(
    _ unet: UNet, _ halves: [Conditioning], width: Int, height: Int
  ) -> AddedConditioning? {
    guard unet.needsAddedConditioning else { return nil }
    let picture = SizeConditioning(width: width, height: height)
    let sizes = halves.map { Tensor([1, 6], ($0.parts[0].sizes ?? picture).timeIDs) }
    return AddedConditioning(
      pooled: .concatenating(halves.compactMap(\.pooled), axis: 0),
      timeIDs: .concatenating(sizes, axis: 0))
  }
}
