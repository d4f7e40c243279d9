import Tensor

/// How much a prompt holds at each place of a picture.
public struct PromptMask: Sendable {
  /// `[H, W]`, from 0 to 1, of any size: it is stretched over the picture.
  public let values: Tensor
  /// What the values are multiplied by.
  public let strength: Float
  /// Whether the UNet is shown only the smallest area around what the mask leaves, which is faster.
  public let isCropped: Bool

  /// - Parameter values: `[H, W]`, from 0 to 1.
  public init(values: Tensor, strength: Float = 1, isCropped: Bool = false) {
    precondition(values.shape.rank == 2, "a mask of \(values.shape)")
    self.values = values
    self.strength = strength
    self.isCropped = isCropped
  }

  /// At another size, in the order of the rows: each value from the four around its middle by straight lines
  /// (PyTorch's `interpolate`, `bilinear` without `align_corners`).
  func resized(toHeight height: Int, width: Int) -> [Float] {
    sampled(
      Self.taps(of: values.shape[0], to: height, at: 0..<height),
      Self.taps(of: values.shape[1], to: width, at: 0..<width))
  }

  /// What a window shows of the mask, stretched over the window's picture.
  func cropped(to window: PictureWindow) -> PromptMask {
    let sampled = sampled(
      Self.taps(of: values.shape[0], to: window.pictureHeight, at: window.shownRows),
      Self.taps(of: values.shape[1], to: window.pictureWidth, at: window.shownColumns))
    return PromptMask(
      values: Tensor([window.rows.count, window.columns.count], sampled), strength: strength,
      isCropped: isCropped)
  }

  private func sampled(_ rows: [Tap], _ columns: [Tap]) -> [Float] {
    let stride = values.shape[1]
    return values.withElements { source in
      rows.flatMap { row in
        columns.map { column in
          let (upper, lower) = (row.low * stride, row.high * stride)
          let above = mix(source[upper + column.low], source[upper + column.high], column.share)
          let below = mix(source[lower + column.low], source[lower + column.high], column.share)
          return mix(above, below, row.share)
        }
      }
    }
  }

  /// Two source elements along an axis that a target element is between, and the share of the second.
  private typealias Tap = (low: Int, high: Int, share: Float)

  /// Those of some of `target` elements along an axis.
  private static func taps(
    of source: Int, to target: Int, at places: some Sequence<Int>
  ) -> [Tap] {
    let scale = Float(source) / Float(target)
    return places.map { index in
      let position = max((Float(index) + 0.5) * scale - 0.5, 0)
      let low = min(Int(position), source - 1)
      return (low, min(low + 1, source - 1), min(position - Float(low), 1))
    }
  }
}

private func mix(_ a: Float, _ b: Float, _ share: Float) -> Float { a * (1 - share) + b * share }
