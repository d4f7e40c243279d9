import Engine
import Graph
import Imaging

/// The size of a mask that a node draws: a picture's, or one that is given by its sides.
struct DrawnMask {
  private let width: Int
  private let height: Int

  /// - Throws: `ImageTooLarge`.
  init(for image: Image?, _ width: Int, _ height: Int) throws {
    (self.width, self.height) = (image?.width ?? width, image?.height ?? height)
    try ImageTooLarge.check(width: self.width, height: self.height)
  }

  /// Draws a shape.
  func callAsFunction(_ shape: some PlaneShape) -> Mask {
    Mask(width: width, height: height, covering: shape)
  }
}

extension Inference {
  /// Says the size of what a node draws, which is that of `image`, or `width` and `height`.
  mutating func setDrawnExtent(of outputs: [String] = ["mask"]) throws {
    let given = inputs["image"] != nil
    let extent =
      given
      ? self.extent(of: "image")
      : Extent(width: constantInt("width"), height: constantInt("height"))
    for port in outputs { try setExtent(of: port, to: extent, because: given ? "image" : "width") }
  }
}
