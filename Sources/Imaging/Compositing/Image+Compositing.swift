import Tensor

extension Image {
  /// The picture with another laid over it. What goes beyond this one is cut off.
  ///
  /// - Parameters:
  ///   - x: the column of this picture where the other begins; it may be negative.
  ///   - y: the row.
  ///   - opacity: from 0 to 1.
  ///   - mask: more of the opacity, of the other picture's size; nil for 1 everywhere.
  public func composited(
    with overlay: Image, x: Int, y: Int, mode: BlendMode = .normal, opacity: Float = 1,
    mask: Mask? = nil
  ) -> Image {
    let columns = (0..<width).clamped(to: x..<x + overlay.width)
    let rows = (0..<height).clamped(to: y..<y + overlay.height)
    let opacities =
      mask?.values ?? Tensor([overlay.height, overlay.width], repeating: 1)
    precondition(opacities.shape == [overlay.height, overlay.width], "a mask of another size")
    return Image(
      pixels: Tensor([height, width, 3]) { target in
        pixels.withElements { _ = target.update(from: $0) }
        overlay.pixels.withElements { source in
          opacities.withElements { opacities in
            for row in rows {
              for column in columns {
                let place = (row - y) * overlay.width + column - x
                for channel in 0..<3 {
                  let index = (row * width + column) * 3 + channel
                  let mixed = mode(target[index], source[place * 3 + channel])
                  let share = opacity * opacities[place]
                  target[index] =
                    share >= 1 ? mixed : target[index] + share * (mixed - target[index])
                }
              }
            }
          }
        }
      })
  }
}
