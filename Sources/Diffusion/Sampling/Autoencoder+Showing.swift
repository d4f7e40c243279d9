import Tensor

/// What models are shown beside the latent.
extension Autoencoder {
  /// What a model for inpainting is shown: the mask, and the latent of the picture with grey in the masked places.
  ///
  /// A mask holds where it is at least 0.5. An element of the latent takes the mask's pixel at its upper left corner
  /// (PyTorch's `nearest`).
  ///
  /// Source: diffusers, `StableDiffusionInpaintPipeline`, `prepare_mask_latents`. ComfyUI's
  /// `InpaintModelConditioning` has the same order and the same grey, and sizes the mask by straight lines.
  /// - Parameters:
  ///   - image: `[1, H, W, 3]` in -1...1, its sides multiples of the latent's scale.
  ///   - mask: `[H, W]`, 1 where the picture is made anew.
  /// - Returns: `[1, h, w, 1 + C]`: 0 or 1, and the masked picture, scaled as for sampling.
  /// - Throws: what opening or encoding throws.
  public func inpaintingChannels(image: Tensor, mask: Tensor) throws -> Tensor {
    let mask = mask.map { $0 >= 0.5 ? 1 : 0 }
    let latent = try vae().encode(image.filledWithGrey(where: mask))
    return mask.nearest(height: latent.shape[1], width: latent.shape[2])
      .concatenated(with: latent, axis: -1)
  }

  /// What a model that changes a picture by an instruction is shown: the picture's latent, not multiplied by the
  /// autoencoder's factor.
  ///
  /// Source: diffusers, `StableDiffusionInstructPix2PixPipeline`, `prepare_image_latents`. ComfyUI's
  /// `SDXL_instructpix2pix` shows the scaled latent to models with EDM's levels (CosXL Edit).
  /// - Parameter latent: of the picture, scaled as for sampling, `[1, h, w, C]`.
  /// - Throws: what opening throws.
  public func editingChannels(of latent: Tensor) throws -> Tensor {
    try vae().unscaled(latent, of: family)
  }
}

extension Tensor {
  /// A picture `[1, H, W, C]` in -1...1 with 0 where `mask`, `[H, W]`, is 1.
  fileprivate func filledWithGrey(where mask: Tensor) -> Tensor {
    let (pixels, masked, channels) = (elements, mask.elements, shape[3])
    return Tensor(shape) { output in
      for index in output.indices {
        output[index] = masked[index / channels] == 1 ? 0 : pixels[index]
      }
    }
  }

  /// `[H, W]` to `[1, height, width, 1]`.
  fileprivate func nearest(height: Int, width: Int) -> Tensor {
    let (values, rows, columns) = (elements, shape[0], shape[1])
    return Tensor([1, height, width, 1]) { output in
      for index in output.indices {
        let (y, x) = (index / width * rows / height, index % width * columns / width)
        output[index] = values[y * columns + x]
      }
    }
  }
}
