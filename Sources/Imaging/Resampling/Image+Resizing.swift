import Tensor

/// How a picture of one shape fills another.
public enum ResizeFit: String, Sendable, CaseIterable {
  /// The sides are scaled each by its own.
  case stretch
  /// The picture fills the new one; what is over at two sides is cut off evenly.
  case cover
  /// The whole picture is seen; what is free at two sides is black.
  case contain
}

extension Image {
  /// The picture in another size, its values cut off at 0 and 1.
  public func resized(
    toWidth width: Int, height: Int, filter: ResamplingFilter = .lanczos, fit: ResizeFit = .stretch
  ) -> Image {
    switch fit {
    case .stretch: return stretched(toWidth: width, height: height, filter)
    case .cover, .contain:
      let scale = scale(toWidth: width, height: height, fit)
      return stretched(
        toWidth: max(1, Int((Double(self.width) * scale).rounded())),
        height: max(1, Int((Double(self.height) * scale).rounded())), filter
      )
      .centred(inWidth: width, height: height)
    }
  }

  private func scale(toWidth width: Int, height: Int, _ fit: ResizeFit) -> Double {
    let (x, y) = (Double(width) / Double(self.width), Double(height) / Double(self.height))
    return fit == .cover ? max(x, y) : min(x, y)
  }

  private func stretched(toWidth width: Int, height: Int, _ filter: ResamplingFilter) -> Image {
    let pixels = pixels.resampled(toWidth: width, height: height, filter: filter)
    return Image(pixels: pixels.map { min(max($0, 0), 1) })
  }

  /// The middle of the picture, or the picture in the middle of black.
  private func centred(inWidth width: Int, height: Int) -> Image {
    let (left, top) = ((width - self.width) / 2, (height - self.height) / 2)
    let columns = max(0, left)..<min(width, left + self.width)
    let rows = max(0, top)..<min(height, top + self.height)
    return pixels.withElements { source in
      Image(
        pixels: Tensor([height, width, 3]) { target in
          target.initialize(repeating: 0)
          for y in rows {
            let from = ((y - top) * self.width + columns.lowerBound - left) * 3
            let to = (y * width + columns.lowerBound) * 3
            for offset in 0..<columns.count * 3 { target[to + offset] = source[from + offset] }
          }
        })
    }
  }
}
