import Diffusion
import Engine
import Imaging
import Tensor

/// What a value looks like; nil for what cannot be seen.
///
/// Pictures and masks are shown as they are. A latent is shown roughly: as the checkpoint at `model` says, or
/// its first three channels, each stretched to all of a colour; of a batch, its first.
public func depiction(of value: any PortValue, model: String?) -> Image? {
  switch value {
  case let image as Image: return image
  case let mask as Mask: return mask.grey
  case let batch as Latent where batch.count > 0:
    let latent = batch[0]
    let colors = model.flatMap { try? CheckpointHeader(of: $0).preview }
    return latent.depicted(by: colors) ?? latent.channelsAsColors
  default: return nil
  }
}

extension Mask {
  fileprivate var grey: Image {
    let values = values.elements
    return Image(
      pixels: Tensor([height, width, 3]) { pixels in
        for index in pixels.indices { pixels[index] = values[index / 3] }
      })
  }
}

extension Latent {
  /// Nil for a latent of another number of channels.
  fileprivate func depicted(by colors: LatentPreview?) -> Image? {
    guard let colors, samples.shape.rank == 4, samples.shape[3] == colors.channelCount else {
      return nil
    }
    return Image(signedPixels: colors(samples))
  }

  fileprivate var channelsAsColors: Image? {
    let (shape, elements) = (samples.shape, samples.elements)
    guard shape.rank == 4, shape[3] >= 3, !elements.isEmpty else { return nil }
    let ranges = (0..<3).map { channel in
      let values = stride(from: channel, to: elements.count, by: shape[3]).map { elements[$0] }
      return (values.min() ?? 0)...(values.max() ?? 0)
    }
    return Image(
      pixels: Tensor([shape[1], shape[2], 3]) { pixels in
        for index in pixels.indices {
          let range = ranges[index % 3]
          let value = elements[index / 3 * shape[3] + index % 3]
          pixels[index] =
            (value - range.lowerBound) / max(range.upperBound - range.lowerBound, 1e-6)
        }
      })
  }
}
