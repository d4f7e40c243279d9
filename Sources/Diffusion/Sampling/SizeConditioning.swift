/// The sizes that SDXL is told of a picture, in pixels (Podell et al., "SDXL: Improving Latent Diffusion Models for
/// High-Resolution Image Synthesis", 2023, section 2.2).
public struct SizeConditioning: Hashable, Sendable {
  /// Of the picture before it was scaled and cropped.
  public var originalWidth, originalHeight: Int
  /// Where the crop's corner lies.
  public var cropLeft, cropTop: Int
  /// Of the picture that is made.
  public var targetWidth, targetHeight: Int

  /// A whole picture of this size, neither scaled nor cropped.
  public init(width: Int, height: Int) {
    (originalWidth, originalHeight) = (width, height)
    (cropLeft, cropTop) = (0, 0)
    (targetWidth, targetHeight) = (width, height)
  }

  /// In the order in which the model takes them: heights before widths.
  var timeIDs: [Float] {
    [originalHeight, originalWidth, cropTop, cropLeft, targetHeight, targetWidth].map(Float.init)
  }
}
