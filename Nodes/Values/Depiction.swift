import Engine
import Imaging
import Tensor

/// What a value looks like: pictures and masks as they are, latents roughly (their first three channels, each
/// stretched to all colours); nil for what cannot be seen.
public func depiction(of value: any PortValue) -> Image? {
  switch value {
  case let image as Image: image
  case let mask as Mask: mask.grey
  case let latent as Latent: latent.channelsAsColors
  default: nil
  }
}

extension Mask {
  fileprivate var grey: Image {
    let values = values.elements
    return Image(
      pixels: Tensor([height, width, 3]) {
        for index in $0.indices { $0[index] = values[index / 3] }
      })
  }
}

extension Latent {
  fileprivate var channelsAsColors: Image? {
    let (shape, elements) = (samples.shape, samples.elements)
    guard shape.rank == 4, shape[0] > 0, shape[1] > 0, shape[2] > 0, shape[3] >= 3 else {
      return nil
    }
    let pixels = shape[1] * shape[2]
    let ranges = (0..<3).map { channel in
      let values = (0..<pixels).map { elements[$0 * shape[3] + channel] }
      return (values.min() ?? 0)...(values.max() ?? 0)
    }
    return Image(
      pixels: Tensor([shape[1], shape[2], 3]) { target in
        for index in target.indices {
          let range = ranges[index % 3]
          let value = elements[index / 3 * shape[3] + index % 3]
          target[index] =
            (value - range.lowerBound) / max(range.upperBound - range.lowerBound, 1e-6)
        }
      })
  }
}
