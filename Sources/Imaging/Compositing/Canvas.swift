import Tensor

/// A picture that is being put together, in the memory of the tensor that it will be.
struct Canvas {
  var size: PixelSize
  /// `[H, W, 3]`.
  private var pixels: UnsafeMutableBufferPointer<Float>

  /// Makes a picture of one colour and lets `paint` work on it.
  static func image(
    _ size: PixelSize, filledWith color: Color, paint: (Canvas) throws -> Void
  ) rethrows -> Image {
    Image(
      pixels: try Tensor([size.height, size.width, 3]) { pixels in
        let channels = [color.red, color.green, color.blue]
        for index in pixels.indices { pixels.initializeElement(at: index, to: channels[index % 3]) }
        try paint(Canvas(size: size, pixels: pixels))
      })
  }

  /// Puts a picture down, which lies inside the canvas.
  func place(_ image: Image, x: Int, y: Int) {
    let length = image.width * 3
    image.pixels.withElements { source in
      for row in 0..<image.height {
        let start = ((y + row) * size.width + x) * 3
        for index in 0..<length { pixels[start + index] = source[row * length + index] }
      }
    }
  }

  /// Mixes a colour in, as much as the mask says for each pixel; the mask may go beyond the canvas.
  ///
  /// - Parameter columns: Nothing is painted beside these.
  func paint(_ color: Color, through mask: Mask, x: Int, y: Int, columns: Range<Int>) {
    let channels = [color.red, color.green, color.blue]
    let columns = columns.clamped(to: 0..<size.width).clamped(to: x..<x + mask.width)
    let rows = (0..<size.height).clamped(to: y..<y + mask.height)
    mask.values.withElements { opacities in
      for row in rows {
        for column in columns {
          let opacity = opacities[(row - y) * mask.width + column - x]
          let start = (row * size.width + column) * 3
          for channel in 0..<3 {
            pixels[start + channel] += opacity * (channels[channel] - pixels[start + channel])
          }
        }
      }
    }
  }
}
