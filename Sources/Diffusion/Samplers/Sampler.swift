import Glibc
import Tensor

/// Predicts the clean latent in a noisy one: of (x, sigma), both of the shape `[N, h, w, C]`.
public typealias Denoiser = (_ x: Tensor, _ sigma: Float) throws -> Tensor

/// Gives noise of variance one for the way from one noise level down to another, in the latent's shape.
public typealias NoiseSource = (_ sigma: Float, _ next: Float) -> Tensor

/// What every sampler works with.
public struct SamplerRun {
  let denoise: Denoiser
  let sigmas: [Float]
  let eta: Float
  let noise: NoiseSource
  let finishedStep: (_ step: Int, _ clean: Tensor) throws -> Void

  /// How often the latent is moved.
  public var stepCount: Int { max(sigmas.count - 1, 0) }

  /// - Parameters:
  ///   - sigmas: falling; the last one may be zero. One that equals the one before is left out: a step
  ///     between them would change nothing.
  ///   - eta: how much of the noise that a step takes away is replaced by fresh noise, where the sampler
  ///     does so: 0 for none, 1 for all that the training's process has.
  ///   - denoise: predicts the clean latent.
  ///   - noise: what is added on the way.
  ///   - finishedStep: told each step, counted from 1, when it is done, with the clean latent that the
  ///     denoiser predicted in it; what it throws ends the run.
  public init(
    sigmas: [Float], eta: Float = 1, denoise: @escaping Denoiser, noise: @escaping NoiseSource,
    finishedStep: @escaping (_ step: Int, _ clean: Tensor) throws -> Void = { _, _ in }
  ) {
    self.denoise = denoise
    self.sigmas = sigmas.indices.filter { $0 == 0 || sigmas[$0] != sigmas[$0 - 1] }.map {
      sigmas[$0]
    }
    self.eta = eta
    self.noise = noise
    self.finishedStep = finishedStep
  }

  /// Lets `advance` take `x` from each noise level to the next.
  ///
  /// - Parameter advance: of the latent, its clean prediction, its noise level and the next.
  func steps(
    from x: Tensor, _ advance: (Tensor, _ clean: Tensor, Float, Float) throws -> Tensor
  ) throws -> Tensor {
    var x = x
    for (index, (sigma, next)) in zip(sigmas, sigmas.dropFirst()).enumerated() {
      let clean = try denoise(x, sigma)
      x = try advance(x, clean, sigma, next)
      try finishedStep(index + 1, clean)
    }
    return x
  }
}

extension Tensor {
  /// How a noisy latent changes with its noise level: Karras et al., "Elucidating the Design Space of
  /// Diffusion-Based Generative Models" (2022), equation 1.
  func slope(towards clean: Tensor, at sigma: Float) -> Tensor { (self - clean) * (1 / sigma) }

  /// A noisy latent taken from one noise level to another along its slope.
  func moved(towards clean: Tensor, from sigma: Float, to next: Float) -> Tensor {
    self + (self - clean) * ((next - sigma) / sigma)
  }
}

/// The width of a step, in the logarithm of the noise level.
func logarithmicWidth(from sigma: Float, to next: Float) -> Double {
  log(Double(sigma) / Double(next))
}

/// The noise level in the middle of two, by their logarithms.
func middleLevel(_ sigma: Float, _ next: Float) -> Float {
  Float((Double(sigma) * Double(next)).squareRoot())
}
