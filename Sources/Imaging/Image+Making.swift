import Tensor

extension Image {
  /// The same colour everywhere.
  public init(width: Int, height: Int, filledWith color: Color) {
    self = Canvas.image(PixelSize(width: width, height: height), filledWith: color) { _ in }
  }

  /// A mask's values as greys: white where it is 1.
  public init(greysOf mask: Mask) {
    self.init(pixels: .concatenating([mask.planes, mask.planes, mask.planes], axis: -1))
  }

  /// The picture with a colour laid over it, as much as a mask of its size says.
  public func painted(_ color: Color, through mask: Mask) -> Image {
    Canvas.image(size, filledWith: color) { canvas in
      canvas.place(self, x: 0, y: 0)
      canvas.paint(color, through: mask, x: 0, y: 0, columns: 0..<width)
    }
  }
}
