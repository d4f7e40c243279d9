import Tensor

/// How much of something holds for each pixel, from 0 to 1.
public struct Mask: Sendable {
  /// `[H, W]`.
  public let values: Tensor

  /// In pixels.
  public var width: Int { values.shape[1] }
  /// In pixels.
  public var height: Int { values.shape[0] }

  /// - Parameter values: `[H, W]`, from 0 to 1.
  public init(values: Tensor) {
    precondition(values.shape.rank == 2, "a mask of \(values.shape)")
    self.values = values
  }

  /// The same value everywhere.
  public init(width: Int, height: Int, filledWith value: Float) {
    self.init(values: Tensor([height, width], repeating: value))
  }
}
