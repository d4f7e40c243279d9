import Tensor

/// Song, Meng and Ermon, "Denoising Diffusion Implicit Models" (2021), equation 12 without noise.
///
/// For a latent that is divided by the picture's share in it, as all are here, that is Euler's method
/// (equation 13 there).
func sampleDDIM(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  try sampleEuler(x, run)
}
