import Diffusion
import Tensor

/// A latent that a model cannot take.
struct LatentMismatch: Error, CustomStringConvertible {
  var latentChannels: Int
  var modelChannels: Int

  /// Throws where `unet` wants other channels than the latent has.
  static func check(_ latent: Tensor, _ unet: UNet) throws {
    guard latent.shape[-1] != unet.inChannels else { return }
    throw LatentMismatch(latentChannels: latent.shape[-1], modelChannels: unet.inChannels)
  }

  var description: String {
    "the model takes \(modelChannels) channels, the latent has \(latentChannels)"
      + (modelChannels > latentChannels ? ": it is a model for inpainting, which needs a mask" : "")
  }
}
