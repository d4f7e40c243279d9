import Tensor

/// A picture: sRGB values as files store them, each channel from 0 to 1.
public struct Image: Sendable {
  /// `[H, W, 3]`: red, green, blue.
  public let pixels: Tensor

  /// In pixels.
  public var width: Int { pixels.shape[1] }
  /// In pixels.
  public var height: Int { pixels.shape[0] }

  /// - Parameter pixels: `[H, W, 3]`, from 0 to 1.
  public init(pixels: Tensor) {
    precondition(pixels.shape.rank == 3 && pixels.shape[2] == 3, "a picture of \(pixels.shape)")
    self.pixels = pixels
  }

  /// - Parameter pixels: `[1, H, W, 3]` from -1 to 1, as an autoencoder gives it. What is beyond is
  ///   cut off.
  public init(signedPixels pixels: Tensor) {
    let shape = pixels.shape
    precondition(shape.rank == 4 && shape[0] == 1, "one picture of \(shape)")
    self.init(
      pixels: pixels.map { min(max($0 / 2 + 0.5, 0), 1) }
        .reshaped(to: [shape[1], shape[2], shape[3]]))
  }

  /// `[1, H, W, 3]` from -1 to 1, as an autoencoder takes it.
  public var signedPixels: Tensor {
    pixels.map { $0 * 2 - 1 }.reshaped(to: [1, height, width, 3])
  }
}
