import Tensor

/// What lies between an autoencoder's latents and those that are sampled, whose deviation is about one.
///
/// As diffusers' pipelines have it: with mean and deviation, a latent to be decoded is multiplied by the deviation,
/// divided by the factor, and shifted by the mean.
struct LatentScaling: Equatable, Sendable {
  /// What latents are multiplied by after encoding.
  var factor: Float
  /// By channel; nil where latents are not moved.
  var normalization: Normalization?

  /// The statistics of a model's latents, by channel.
  struct Normalization: Equatable, Sendable {
    let mean: [Float]
    let deviation: [Float]
  }
}

extension LatentScaling {
  /// A sampled latent, `[N, h, w, C]`, for the decoder.
  func unscaled(_ latent: Tensor) -> Tensor {
    let divided = latent * (1 / factor)
    guard let normalization else { return divided }
    return divided.perChannel(normalization.deviation, *).perChannel(normalization.mean, +)
  }

  /// What the encoder put out, `[N, h, w, C]`, for sampling.
  func scaled(_ latent: Tensor) -> Tensor {
    guard let normalization else { return latent * factor }
    return latent.perChannel(normalization.mean, -).perChannel(normalization.deviation, /) * factor
  }
}

extension Tensor {
  fileprivate func perChannel(
    _ vector: [Float], _ combine: @Sendable (Float, Float) -> Float
  ) -> Tensor {
    let values = elements
    return Tensor(shape) { output in
      for index in output.indices {
        output[index] = combine(values[index], vector[index % vector.count])
      }
    }
  }
}

extension LatentScaling {
  /// Reads `scaling_factor`, `latents_mean` and `latents_std`.
  /// - Throws: `CheckpointError` where a value is of another type, of another length or out of range.
  init(_ file: ConfigurationFile, channels: Int) throws {
    factor = Float(try file.number("scaling_factor", default: 0.18215, in: 1e-6...1e6))
    let mean = try file.numbers("latents_mean", count: channels, in: -1e6...1e6)
    let deviation = try file.numbers("latents_std", count: channels, in: 1e-6...1e6)
    guard (mean == nil) == (deviation == nil) else {
      throw file.wrong("latents_std", mustBe: "given if and only if `latents_mean` is")
    }
    normalization = Self.zip(mean, deviation)
  }

  /// What a file in the original layout means, which has no configuration: the family's factor, or Playground v2.5's,
  /// which keeps mean and deviation beside its weights.
  ///
  /// Source: `scale_factor` of CompVis' and Stability's configurations; for Playground v2.5
  /// `create_vae_diffusers_config_from_ldm` of diffusers.
  init(of family: ModelFamily, in file: SafetensorsFile) throws {
    let mean = try? file.tensor("edm_mean").elements
    let deviation = try? file.tensor("edm_std").elements
    normalization = Self.zip(mean, deviation)
    factor = normalization != nil ? 0.5 : Self.factor(of: family)
  }

  /// What the latents of a family's published autoencoder are multiplied by.
  static func factor(of family: ModelFamily) -> Float { family == .sdxl ? 0.13025 : 0.18215 }

  private static func zip(_ mean: [Float]?, _ deviation: [Float]?) -> Normalization? {
    guard let mean, let deviation, mean.count == deviation.count, !mean.isEmpty else { return nil }
    return Normalization(mean: mean, deviation: deviation)
  }
}
