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
  /// Whose noise the seed stands for.
  public var library = NoiseLibrary.cpu
  /// How much of the noise that ancestral and SDE samplers take away is replaced by fresh noise; 1 is all.
  public var eta: Float = 1
  /// The first step that is made, counted from 0; beyond the last, none is.
  public var startStep = 0
  /// The step before which the run ends; nil for after the last.
  public var endStep: Int?
  /// Whether noise is added at first; false for a latent that still holds what an earlier run left.
  public var addsNoise = true
  /// Whether a run that ends early leaves the noise of its last level; otherwise its last step goes to zero.
  public var keepsNoise = false
  /// The noise levels, falling, instead of those of the schedule, the steps and `denoise`.
  public var sigmas: [Float]?
  /// The first noise, `[N or 1, h, w, C]` of variance one, instead of the seed's.
  public var noise: Tensor?
  /// Where the latent is made anew; nil for everywhere.
  public var mask: LatentMask?

  /// The sampler `euler` and the schedule `normal`.
  public init(seed: Int = 0, steps: Int = 20, denoise: Double = 1) {
    self.seed = seed
    self.steps = steps
    self.denoise = denoise
  }

  /// Samples a latent: the elements of a batch one after the other, each with the next seed and equal to what
  /// it would be alone.
  ///
  /// Samplers that need more noise than the first take it from a generator for the seed after it, as
  /// ComfyUI does; those of the stochastic equation from a Brownian motion for the seed itself.
  ///
  /// - Parameters:
  ///   - latent: `[N, h, w, C]`, where to start from; zeros for nothing.
  ///   - model: the noise levels that the model knows.
  ///   - denoise: predicts the clean latent of one element.
  ///   - finishedStep: told each step, counted from 1, their number, and the clean latent that was predicted
  ///     in it; what it throws ends the run.
  /// - Throws: `NoiseShapeMismatch`.
  public func sample(
    _ latent: Tensor, model: NoiseSchedule, denoise: @escaping Denoiser,
    finishedStep: @escaping (_ step: Int, _ count: Int, _ clean: Tensor) throws -> Void = {
      _, _, _ in
    }
  ) throws -> Tensor {
    try verifyNoise(for: latent.shape)
    let levels = levels(model)
    let count = latent.shape[0]
    let elements = try (0..<count).map { index in
      var element = self
      element.seed = seed &+ index
      element.noise = noise.map { $0.shape[0] == 1 ? $0 : $0.slice(index..<index + 1) }
      return try element.sampleOne(
        latent.slice(index..<index + 1), levels: levels, model: model, denoise: denoise
      ) { step, steps, clean in try finishedStep(index * steps + step, count * steps, clean) }
    }
    return elements.count == 1 ? elements[0] : .concatenating(elements)
  }

  /// The noise levels of the run, falling; none for one without a step.
  public func levels(_ model: NoiseSchedule) -> [Float] {
    var levels =
      sigmas
      ?? schedule.sigmas(
        model, steps: steps, denoise: denoise, skipsPenultimate: sampler.skipsPenultimateLevel)
    if let endStep, endStep < levels.count - 1 {
      levels = Array(levels.prefix(endStep + 1))
      if !keepsNoise, !levels.isEmpty { levels[levels.count - 1] = 0 }
    }
    return startStep < levels.count - 1 ? Array(levels.dropFirst(startStep)) : []
  }

  private func sampleOne(
    _ latent: Tensor, levels: [Float], model: NoiseSchedule, denoise: @escaping Denoiser,
    finishedStep: @escaping (_ step: Int, _ count: Int, _ clean: Tensor) throws -> Void
  ) throws -> Tensor {
    guard let first = levels.first else { return latent }
    let noise = addsNoise ? noise ?? library.noise(latent.shape, seed: seed) : nil
    let masked = mask?.keeping(
      latent, noise: noise, levels: levels, model: model, denoise: denoise)
    var count = 0
    let run = SamplerRun(
      sigmas: levels, eta: eta, denoise: masked ?? denoise,
      noise: freshNoise(levels, latent.shape), finishedStep: { try finishedStep($0, count, $1) })
    count = run.stepCount
    return try TensorArena.keeping {
      let start = noise.map { latent + $0 * startScale(first, of: model) } ?? latent
      let sampled = try sampler.sample(start, run)
      return levels.last == 0 ? mask?.restoring(latent, in: sampled) ?? sampled : sampled
    }
  }

  private func startScale(_ sigma: Float, of model: NoiseSchedule) -> Float {
    let isWhole = denoise > 0.9999 && startStep == 0 && sigmas == nil
    let schedule = sigmas == nil ? schedule : .normal
    return schedule.startScale(sigma, of: model, isWhole: isWhole)
  }

  private func freshNoise(_ levels: [Float], _ shape: Shape) -> NoiseSource {
    if sampler.followsBrownianMotion {
      return BrownianTree(sigmas: levels, shape: shape, seed: seed, library: library)
        .noise(from:to:)
    }
    var generator = NoiseGenerator(seed: seed &+ 1, library: library)
    return { _, _ in generator.noise(shape) }
  }

  private func verifyNoise(for latent: Shape) throws {
    guard let found = noise?.shape else { return }
    let one = Shape([1] + latent.sizes.dropFirst())
    guard found == latent || found == one else {
      throw NoiseShapeMismatch(latent: latent, noise: found)
    }
  }
}

/// Noise that is not of the shape of the latent that it was given for.
public struct NoiseShapeMismatch: Error, Hashable, CustomStringConvertible {
  /// `[N, h, w, C]`.
  public var latent: Shape
  /// What was found.
  public var noise: Shape

  /// Noise of one shape for a latent of another.
  public init(latent: Shape, noise: Shape) {
    self.latent = latent
    self.noise = noise
  }

  /// What is wrong, and the fix.
  public var description: String {
    "the noise has the shape \(noise), the latent \(latent): make the noise from this latent"
  }
}
