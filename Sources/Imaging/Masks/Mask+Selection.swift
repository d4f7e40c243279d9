import Tensor

extension Mask {
  /// Where a picture has nearly a colour: 1 up to a distance of `tolerance`, and from there falling to 0
  /// over `softness`. The distance is Euclid's between sRGB values, and 1 from black to white.
  public init(of image: Image, near color: Color, tolerance: Float, softness: Float) {
    self.init(of: image) { red, green, blue in
      let (r, g, b) = (red - color.red, green - color.green, blue - color.blue)
      let distance = ((r * r + g * g + b * b) / 3).squareRoot()
      return Self.value(beyond: distance - tolerance, softness: softness)
    }
  }

  /// Where a picture's luma is in a range: 1 inside, and beside it falling to 0 over `softness`. Luma is that of
  /// ITU-R BT.601, of sRGB values, as Pillow's `L` is.
  public init(of image: Image, luma: ClosedRange<Float>, softness: Float) {
    self.init(of: image) { red, green, blue in
      let value = 0.299 * red + 0.587 * green + 0.114 * blue
      let beyond = max(luma.lowerBound - value, value - luma.upperBound)
      return Self.value(beyond: beyond, softness: softness)
    }
  }

  /// One value for each pixel's red, green and blue.
  init(of image: Image, _ value: @Sendable (Float, Float, Float) -> Float) {
    let (width, height) = (image.width, image.height)
    self.init(
      values: image.pixels.parallelRows([height, width]) { source, y, target in
        for x in 0..<width {
          let pixel = source + (y * width + x) * 3
          target[x] = value(pixel[0], pixel[1], pixel[2])
        }
      })
  }

  private static func value(beyond distance: Float, softness: Float) -> Float {
    if distance <= 0 { return 1 }
    return softness > 0 ? max(1 - distance / softness, 0) : 0
  }
}
