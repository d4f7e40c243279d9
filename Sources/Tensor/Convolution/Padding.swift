/// The rows and columns of zeros around a picture.
public struct Padding: Sendable, Hashable, ExpressibleByIntegerLiteral {
  /// The rows above.
  public let top: Int
  /// The columns to the left.
  public let left: Int
  /// The rows below.
  public let bottom: Int
  /// The columns to the right.
  public let right: Int

  /// Nothing where nothing is said.
  public init(top: Int = 0, left: Int = 0, bottom: Int = 0, right: Int = 0) {
    self.top = top
    self.left = left
    self.bottom = bottom
    self.right = right
  }

  /// The same on all sides.
  public init(integerLiteral size: Int) {
    self.init(top: size, left: size, bottom: size, right: size)
  }
}

/// What a convolution sees at each place: its size, its step, and the zeros around the picture.
struct ConvolutionWindow: Sendable {
  let height: Int
  let width: Int
  let stride: Int
  let padding: Padding

  /// Whether the windows are the pixels themselves.
  var isPointwise: Bool { height == 1 && width == 1 && stride == 1 && padding == 0 }

  /// The size of what comes out for a picture; not positive where that is smaller than the window.
  func outputSize(height inputHeight: Int, width inputWidth: Int) -> (height: Int, width: Int) {
    (
      (inputHeight + padding.top + padding.bottom - height + stride) / stride,
      (inputWidth + padding.left + padding.right - width + stride) / stride
    )
  }
}
