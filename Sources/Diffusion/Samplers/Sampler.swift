import Tensor

/// Predicts the clean latent in a noisy one: of (x, sigma), both of the shape `[N, h, w, C]`.
public typealias Denoiser = (_ x: Tensor, _ sigma: Float) throws -> Tensor

/// What every sampler works with.
public struct SamplerRun {
  let denoise: Denoiser
  let sigmas: [Float]
  let noise: () -> Tensor
  let finishedStep: (_ step: Int, _ clean: Tensor) throws -> Void

  /// - Parameters:
  ///   - sigmas: falling; the last one may be zero.
  ///   - denoise: predicts the clean latent.
  ///   - noise: gives fresh noise of variance one, in the shape of the latent.
  ///   - finishedStep: told each step, counted from 1, when it is done, with the clean latent that the
  ///     denoiser predicted in it; what it throws ends the run.
  public init(
    sigmas: [Float], denoise: @escaping Denoiser, noise: @escaping () -> Tensor,
    finishedStep: @escaping (_ step: Int, _ clean: Tensor) throws -> Void = { _, _ in }
  ) {
    self.denoise = denoise
    self.sigmas = sigmas
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

/// A sampler by the name that users know.
public enum SamplerName: String, Sendable, CaseIterable {
  case euler
  case eulerAncestral = "euler_ancestral"
  case dpmpp2M = "dpmpp_2m"

  /// Takes a noisy latent, `[N, h, w, C]`, from the first noise level of the run to the last.
  public var sample: @Sendable (_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
    switch self {
    case .euler: sampleEuler
    case .eulerAncestral: sampleEulerAncestral
    case .dpmpp2M: sampleDPMPP2M
    }
  }
}
