import Tensor

/// How a latent is sampled.
public struct SamplingSettings: Sendable {
  /// How a step is made.
  public var sampler = SamplerName.euler
  /// How the noise levels are spaced.
  public var schedule = ScheduleName.normal
  /// At least 1.
  public var steps: Int
  /// How much of the latent is made anew, in 0...1: 1 starts from noise alone.
  public var denoise: Double
  /// The start of the noise.
  public var seed: Int

  /// The sampler `euler` and the schedule `normal`.
  public init(seed: Int = 0, steps: Int = 20, denoise: Double = 1) {
    self.seed = seed
    self.steps = steps
    self.denoise = denoise
  }

  /// Samples a latent.
  ///
  /// The first noise is that of PyTorch's CPU generator for `seed`; samplers that need more take it from
  /// a generator for `seed + 1`, as ComfyUI does.
  ///
  /// - Parameters:
  ///   - latent: `[1, h, w, C]`, where to start from; zeros for nothing.
  ///   - model: the noise levels that the model knows.
  ///   - denoise: predicts the clean latent.
  ///   - finishedStep: told each step, counted from 1, their number, and the clean latent that was predicted
  ///     in it; what it throws ends the run.
  public func sample(
    _ latent: Tensor, model: NoiseSchedule, denoise: @escaping Denoiser,
    finishedStep: @escaping (_ step: Int, _ count: Int, _ clean: Tensor) throws -> Void = {
      _, _, _ in
    }
  ) throws -> Tensor {
    let sigmas = schedule.sigmas(model, steps: steps, denoise: self.denoise)
    guard let first = sigmas.first else { return latent }
    var fresh = NoiseGenerator(seed: seed &+ 1)
    let run = SamplerRun(
      sigmas: sigmas, denoise: denoise, noise: { fresh.noise(latent.shape) },
      finishedStep: { try finishedStep($0, sigmas.count - 1, $1) })
    return try TensorArena.keeping { try sampler.sample(noisy(latent, sigma: first), run) }
  }

  private func noisy(_ latent: Tensor, sigma: Float) -> Tensor {
    var generator = NoiseGenerator(seed: seed)
    let scale = denoise > 0.9999 ? schedule.startScale(sigma) : sigma
    return latent + generator.noise(latent.shape) * scale
  }
}
