import Tensor

extension Image {
  /// The lines of a picture as a pen would draw them, by a difference of Gaussians (Winnemöller, Kyprianidis and Olsen,
  /// "XDoG: An eXtended Difference-of-Gaussians Compendium", 2012): 1 where every channel is darker under the fine
  /// blur than under the coarse one by more than `threshold`, else 0. The picture is mirrored at its border.
  ///
  /// With 0.5, 5 and 16/255 it is ControlNet's `scribble_xdog` with its threshold of 32.
  ///
  /// - Parameters:
  ///   - fine: the standard deviation of the fine blur, in pixels.
  ///   - coarse: of the coarse one.
  ///   - threshold: from 0 to 1.
  public func sketched(
    fine: Double = 0.5, coarse: Double = 5, threshold: Float = 16.0 / 255
  ) -> Mask {
    let (fine, coarse) = (mirroredBlur(sigma: fine), mirroredBlur(sigma: coarse))
    let darkness = coarse.pixels - fine.pixels
    return Mask(of: Image(pixels: darkness)) { red, green, blue in
      min(red, green, blue) > threshold ? 1 : 0
    }
  }

  /// As OpenCV's `GaussianBlur` of floating-point pictures, whose filters have an odd width.
  private func mirroredBlur(sigma: Double) -> Image {
    let reach = (Int((8 * sigma + 1).rounded(.toNearestOrEven)) | 1) / 2
    let sides = PaddingSides(left: reach, top: reach, right: reach, bottom: reach)
    return padded(by: sides, with: .reflect).blurred(sigma: sigma, reach: reach)
      .cropped(to: PixelRegion(x: reach, y: reach, width: width, height: height))
  }
}
