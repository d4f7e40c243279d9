import Tensor

extension Image {
  /// Makes edges steeper by an unsharp mask: adds `amount` times what a Gaussian blur takes away, where that
  /// is at least `threshold`. What goes below 0 or above 1 is cut off.
  ///
  /// - Parameters:
  ///   - sigma: of the blur, in pixels.
  ///   - amount: 1 doubles the details.
  ///   - threshold: from 0 to 1.
  public func sharpened(sigma: Double, amount: Float, threshold: Float = 0) -> Image {
    Image(
      pixels: pixels.zip(blurred(sigma: sigma).pixels) { own, blurred in
        let detail = own - blurred
        return abs(detail) < threshold ? own : min(max(own + amount * detail, 0), 1)
      })
  }
}
