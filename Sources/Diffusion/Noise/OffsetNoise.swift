import Tensor

/// Noise with one more normal number added to all of each channel, so that pictures can be brighter or darker as a whole:
/// Guttenberg, "Diffusion with Offset Noise" (2023).
///
/// - Parameters:
///   - noise: `[N, h, w, C]`.
///   - strength: the deviation of what is added.
///   - seed: of the first element of the batch; each has the next.
public func offsetNoise(
  _ noise: Tensor, strength: Float, seed: Int, library: NoiseLibrary = .cpu
) -> Tensor {
  let (count, channels) = (noise.shape[0], noise.shape[3])
  let offsets = library.noise([count, 1, 1, channels], seed: seed) * strength
  return noise.adding(perChannel: offsets.reshaped(to: [count, channels]))
}
