import Tensor

/// A denoiser, and all that whoever samples with it must know. Its weights are read when they are first asked for.
public struct DiffusionModel: Sendable {
  /// Which adapters and ControlNets fit.
  public let family: ModelFamily
  /// The noise levels that it was trained on, and what it predicts.
  public var noise: NoiseScheduleConfiguration
  /// Shows what is being sampled; nil where nobody knows how.
  public var preview: LatentPreview?
  /// How the prompts steer it.
  public var guidance = Guidance()
  /// The encoders of its checkpoint; nil where it came without.
  var encoders: TextEncoders?
  var part: AdaptablePart<UNet>
  let check: ResultCheck

  /// The network.
  /// - Throws: `CheckpointError` or `SafetensorsError` where a file is missing or not as it must be.
  public func unet() throws -> UNet { try part() }

  /// Makes sure that what was sampled with it, `[N, h, w, C]`, are numbers.
  /// - Throws: `CheckpointError` that names the weights which are none, if it is because of them.
  public func verify(_ latent: Tensor) throws { try check(latent) }

  /// The conditioning that the model was trained with where there was no prompt; nil where that is not known.
  public func unprompted() throws -> Conditioning? { try encoders?.encoder().unprompted }
}
