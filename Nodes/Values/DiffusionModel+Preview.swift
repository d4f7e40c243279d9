import Diffusion
import Engine
import Imaging
import Tensor

extension DiffusionModel {
  /// A small picture of a latent, `[N, h, w, C]`, the first of a batch: a few pixels for each of its own. Nil where it is not known how this
  /// model's latents look.
  func stepPreview(of latent: Tensor) -> StepPreview? {
    guard let colors = preview else { return nil }
    return StepPreview {
      let image = Image(signedPixels: colors(latent.slice(0..<1)))
      return image.resized(
        toWidth: image.width * previewScale, height: image.height * previewScale, filter: .bicubic)
    }
  }
}

/// Pixels of a preview for one of the latent.
private let previewScale = 4
