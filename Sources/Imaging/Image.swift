import Tensor

/// A picture: sRGB values as they are stored in files, each channel from 0 to 1.
public struct Image: Sendable {
  /// `[H, W, 3]`: red, green, blue.
  public let pixels: Tensor

  public var width: Int { pixels.shape[1] }
  public var height: Int { pixels.shape[0] }

  /// - Parameter pixels: `[H, W, 3]`, from 0 to 1.
  public init(pixels: Tensor) {
    precondition(pixels.shape.rank == 3 && pixels.shape[2] == 3, "not a picture: \(pixels.shape)")
    self.pixels = pixels
  }

  /// - Parameter pixels: `[1, H, W, 3]` from -1 to 1, as an autoencoder puts it out. What is beyond is
  ///   cut off.
  public init(signedPixels pixels: Tensor) {
    let shape = pixels.shape
    self.init(
      pixels: pixels.map { min(max($0 / 2 + 0.5, 0), 1) }
        .reshaped(to: [shape[1], shape[2], shape[3]]))
  }

  /// `[1, H, W, 3]` from -1 to 1, as an autoencoder takes it.
  public var signedPixels: Tensor {
    pixels.map { $0 * 2 - 1 }.reshaped(to: [1, height, width, 3])
  }
}
