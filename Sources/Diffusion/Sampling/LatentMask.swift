import Tensor

/// Where a latent is made anew. The rest stays as it is, and at each step the model sees it under as much noise as the
/// step wants: inpainting with any model (ComfyUI's `KSamplerX0Inpaint`).
public struct LatentMask: Sendable {
  /// `[1, h, w, 1]`: 1 is made anew, 0 stays.
  public var weights: Tensor
  /// Whether a weight between says when its place begins to be made anew, and not how much: Levin and Fried,
  /// "Differential Diffusion: Giving Each Pixel Its Strength" (2023), algorithm 1.
  public var isSoft: Bool

  /// - Parameter weights: `[1, h, w, 1]`, in 0...1.
  public init(weights: Tensor, isSoft: Bool = false) {
    self.weights = weights
    self.isSoft = isSoft
  }

  /// A denoiser that leaves a latent, `[1, h, w, C]`, as it is outside of the mask.
  ///
  /// - Parameters:
  ///   - noise: the run's first, `[1, h, w, C]`; nil where none was added.
  ///   - levels: of the run, falling.
  func keeping(
    _ latent: Tensor, noise: Tensor?, levels: [Float], model: NoiseSchedule,
    denoise: @escaping Denoiser
  ) -> Denoiser {
    let wide = wide(latent.shape[-1])
    return { x, sigma in
      let weights = isSoft ? hard(wide, at: sigma, levels: levels, model: model) : wide
      let known = noise.map { latent + $0 * sigma } ?? latent
      return latent.blended(
        with: try denoise(known.blended(with: x, by: weights), sigma), by: weights)
    }
  }

  /// A finished latent with the bits that it had where nothing was made anew: samplers round on their way.
  public func restoring(_ latent: Tensor, in sampled: Tensor) -> Tensor {
    latent.blended(with: sampled, by: wide(latent.shape[-1]).map { $0 > 0 ? 1 : 0 })
  }

  private func wide(_ channels: Int) -> Tensor {
    .concatenating(Array(repeating: weights, count: channels), axis: -1)
  }

  /// Which places a step makes anew, as weights of 1 and 0.
  private func hard(
    _ weights: Tensor, at sigma: Float, levels: [Float], model: NoiseSchedule
  ) -> Tensor {
    guard let first = levels.first, let last = levels.last else { return weights }
    let start = model.timestep(of: first)
    let end = model.timestep(of: max(last, model.sigmaMin))
    let threshold = start > end ? (model.timestep(of: sigma) - end) / (start - end) : 0
    return weights.map { $0 > 0 && $0 >= threshold ? 1 : 0 }
  }
}

extension Tensor {
  /// Another tensor where the weights are 1, this one where they are 0, to the bit in both.
  fileprivate func blended(with other: Tensor, by weights: Tensor) -> Tensor {
    other * weights + self * weights.map { 1 - $0 }
  }
}
