import Engine
import Graph
import Imaging

/// The size of a mask that a node draws: a picture's, or one that is given by its sides.
struct DrawnMask {
  var width: Int
  var height: Int

  /// - Throws: `NoMaskSize` where neither a picture nor both sides are there.
  init(for image: Image?, _ width: Int?, _ height: Int?) throws {
    guard let width = image?.width ?? width, let height = image?.height ?? height else {
      throw NoMaskSize()
    }
    try ImageTooLarge.check(width: width, height: height)
    (self.width, self.height) = (width, height)
  }

  /// Draws a shape.
  func callAsFunction(_ shape: some PlaneShape) -> Mask {
    Mask(width: width, height: height, covering: shape)
  }
}

/// A mask that nothing gives a size.
struct NoMaskSize: Error, CustomStringConvertible {
  var description: String { "the mask has no size" }
  var fix: String { "give it the picture that it is for as `image`, or `width` and `height`" }
}

extension Inference {
  /// Says the size of `mask`, which is that of `image`, or `width` and `height`.
  mutating func setDrawnExtent() throws {
    guard inputs["image"] == nil else {
      for side in ["width", "height"] where inputs[side] != nil {
        warn(
          .needlessValue, port: side, others: ["image"],
          "`\(side)` changes nothing: the mask has the size of `image`")
      }
      return setExtent(of: "mask", to: extent(of: "image"))
    }
    guard inputs["width"] != nil, inputs["height"] != nil else {
      throw InferenceFailure(
        .missingPort, port: nil, NoMaskSize().description, help: NoMaskSize().fix)
    }
    let extent = Extent(width: constantInt("width"), height: constantInt("height"))
    try setExtent(of: "mask", to: extent, because: "width")
  }
}
