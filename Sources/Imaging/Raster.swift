import Tensor

/// What has a value, or several, for each pixel: a picture or a mask.
public protocol Raster: Sendable {
  /// `[H, W, C]`, from 0 to 1.
  var planes: Tensor { get }
  /// - Parameter planes: `[H, W, C]`, from 0 to 1, of as many channels as the kind has.
  init(planes: Tensor)
}

extension Raster {
  var size: PixelSize { PixelSize(width: planes.shape[1], height: planes.shape[0]) }
}

extension Image: Raster {
  /// The pixels.
  public var planes: Tensor { pixels }
  /// - Parameter planes: `[H, W, 3]`.
  public init(planes: Tensor) { self.init(pixels: planes) }
}

extension Mask: Raster {
  /// The values, `[H, W, 1]`.
  public var planes: Tensor { values.reshaped(to: [height, width, 1]) }
  /// - Parameter planes: `[H, W, 1]`.
  public init(planes: Tensor) {
    self.init(values: planes.reshaped(to: [planes.shape[0], planes.shape[1]]))
  }
}
