import Tensor

extension Image {
  /// The picture in another size.
  ///
  /// `bicubic` and `lanczos` overshoot at edges; what goes below 0 or above 1 is cut off.
  /// - Parameter background: the colour beside the picture where `fit` is `contain`.
  public func resized(
    toWidth width: Int, height: Int, filter: ResamplingFilter = .lanczos,
    fit: ResizeFit = .stretch, background: Color = .black
  ) -> Image {
    Image(
      pixels: pixels.resized(
        to: PixelSize(width: width, height: height), filter: filter, fit: fit,
        background: [background.red, background.green, background.blue]))
  }
}

extension Mask {
  /// The mask in another size, as a picture is resized; beside it where `fit` is `contain` the mask
  /// has `background`.
  public func resized(
    toWidth width: Int, height: Int, filter: ResamplingFilter = .lanczos,
    fit: ResizeFit = .stretch, background: Float = 0
  ) -> Mask {
    let resized = values.reshaped(to: [self.height, self.width, 1]).resized(
      to: PixelSize(width: width, height: height), filter: filter, fit: fit,
      background: [background])
    return Mask(values: resized.reshaped(to: [height, width]))
  }
}

extension Tensor {
  /// `[H, W, C]` to `[size.height, size.width, C]`, cut off at 0 and 1.
  fileprivate func resized(
    to size: PixelSize, filter: ResamplingFilter, fit: ResizeFit, background: [Float]
  ) -> Tensor {
    precondition(size.width > 0 && size.height > 0, "a picture of \(size.width)x\(size.height)")
    let own = PixelSize(width: shape[1], height: shape[0])
    switch fit {
    case .stretch: return clamped(to: size, filter)
    case .cover: return clamped(to: size, filter, box: own.middlePart(proportionedAs: size))
    case .contain:
      return clamped(to: own.fitted(into: size), filter).centred(in: size, on: background)
    }
  }

  private func clamped(
    to size: PixelSize, _ filter: ResamplingFilter, box: PixelBox? = nil
  ) -> Tensor {
    resampled(toWidth: size.width, height: size.height, filter: filter, box: box)
      .map { min(max($0, 0), 1) }
  }

  /// The picture in the middle of a larger one of one colour.
  private func centred(in size: PixelSize, on color: [Float]) -> Tensor {
    let (height, width, channels) = (shape[0], shape[1], shape[2])
    let (top, left) = ((size.height - height) / 2, (size.width - width) / 2)
    return withElements { source in
      Tensor([size.height, size.width, channels]) { target in
        for index in target.indices { target[index] = color[index % channels] }
        for y in 0..<height {
          let start = ((top + y) * size.width + left) * channels
          for index in 0..<width * channels {
            target[start + index] = source[y * width * channels + index]
          }
        }
      }
    }
  }
}
