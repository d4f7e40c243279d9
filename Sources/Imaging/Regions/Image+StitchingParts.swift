/// How parts of a picture that were worked on go back into it.
public struct PartStitching: Sendable {
  /// How far the seam reaches to each side of the mask's edge, in pixels.
  public var feather: Double
  /// How much of the colours that it had before each part gets back, from 0 to 1: see
  /// `Image.matchingColors(of:strength:)`.
  public var colorMatch: Double

  /// - Parameters:
  ///   - feather: in pixels.
  ///   - colorMatch: from 0 to 1.
  public init(feather: Double, colorMatch: Double) {
    (self.feather, self.colorMatch) = (feather, colorMatch)
  }

  /// Puts parts back one after the other, each through what the mask has in its own region. A pixel that no seam
  /// reaches keeps its bits.
  ///
  /// - Parameters:
  ///   - parts: `crop` lies at `place`, for the sake of what is in `region`.
  ///   - mask: of the picture's size.
  ///   - beforePart: called before each part.
  /// - Throws: `RegionError` where a place is beside the picture, and what `beforePart` throws.
  public func callAsFunction(
    _ parts: [(crop: Image, place: PixelRegion, region: PixelRegion)], into image: Image,
    through mask: Mask, beforePart: () throws -> Void = {}
  ) throws -> Image {
    try parts.reduce(image) { whole, part in
      try beforePart()
      let before = image.cropped(to: part.place, size: (part.crop.width, part.crop.height))
      let crop =
        colorMatch > 0 ? part.crop.matchingColors(of: before, strength: colorMatch) : part.crop
      guard let seam = seam(of: mask, in: part.region) else { return whole }
      return try whole.stitching(crop, at: part.place, through: seam.mask, in: seam.place)
    }
  }

  /// What a mask has in a region, with a soft edge, and how far that reaches; nil beside the picture.
  private func seam(
    of mask: Mask, in region: PixelRegion
  ) -> (mask: Mask, place: PixelRegion)? {
    guard let place = region.widened(by: Int(feather), inside: mask.size) else { return nil }
    let own = mask.cropped(to: place).restricted(to: region.relative(to: place))
    return (own.feathered(by: feather), place)
  }
}
