import Diffusion
import Imaging
import Tensor

extension LatentMask {
  /// A mask of pixels as the latent sees it: each of its elements takes the mean of those that it covers.
  /// - Throws: `SizesDiffer` for a mask that is not of the size of the latent's picture.
  init(_ mask: Mask, for latent: Latent, isSoft: Bool) throws {
    try SizesDiffer.check(
      "mask", size: (mask.width, mask.height), "latent", size: (latent.width, latent.height))
    let (height, width) = (latent.samples.shape[1], latent.samples.shape[2])
    let small = mask.resized(toWidth: width, height: height, filter: .area)
    self.init(weights: small.values.reshaped(to: [1, height, width, 1]), isSoft: isSoft)
  }
}
