/// How much of a picture is taken around a mask, and in what size it is worked on.
public struct CropFraming: Sendable {
  /// How many times as long as the mask a side is.
  public var context: Double
  /// The least room on each side of the mask, in pixels.
  public var padding: Int
  /// The width and height that the part is brought to; nil for its own.
  public var workingSize: (width: Int, height: Int)?
  /// What the sides are multiples of where there is no working size.
  public var multiple: Int

  /// - Parameters:
  ///   - context: at least 1.
  ///   - multiple: at least 1.
  public init(
    context: Double = 1.5, padding: Int = 16, workingSize: (width: Int, height: Int)? = nil,
    multiple: Int = 8
  ) {
    (self.context, self.padding) = (context, padding)
    (self.workingSize, self.multiple) = (workingSize, multiple)
  }

  /// The part around a mask, of the proportions of the working size. It is moved into the picture where it
  /// fits; where the picture is too small for it, it goes beyond it at both sides. Throws `RegionError`.
  public func region(around mask: Mask) throws(RegionError) -> PixelRegion {
    guard let bounds = mask.bounds else { throw .emptyMask }
    return try region(around: bounds, in: mask)
  }

  /// The same around a part of a picture, of which some must be in it.
  public func region(
    around part: PixelRegion, in picture: some Raster
  ) throws(RegionError) -> PixelRegion {
    let whole = picture.size
    guard let bounds = part.intersection(whole.region) else {
      throw .apart(part, width: whole.width, height: whole.height)
    }
    let size = proportioned(
      PixelSize(
        width: length(around: bounds.width, in: whole.width),
        height: length(around: bounds.height, in: whole.height)))
    guard max(size.width, size.height) <= ImageLimits.side,
      size.width * size.height <= ImageLimits.pixels
    else { throw .tooLarge(width: size.width, height: size.height) }
    return PixelRegion(
      x: Self.start(of: size.width, around: bounds.columns, in: whole.width),
      y: Self.start(of: size.height, around: bounds.rows, in: whole.height),
      width: size.width, height: size.height)
  }

  /// Context that the picture does not have is not asked for.
  private func length(around length: Int, in whole: Int) -> Int {
    let wanted = max(Int((Double(length) * context).rounded()), length + 2 * padding)
    return min(wanted, whole)
  }

  /// The smallest size of the right proportions around another.
  private func proportioned(_ size: PixelSize) -> PixelSize {
    guard let (width, height) = workingSize else {
      return PixelSize(
        width: Self.quotient(size.width, multiple) * multiple,
        height: Self.quotient(size.height, multiple) * multiple)
    }
    return size.width * height >= size.height * width
      ? PixelSize(width: size.width, height: Self.quotient(size.width * height, width))
      : PixelSize(width: Self.quotient(size.height * width, height), height: size.height)
  }

  private static func start(of length: Int, around part: Range<Int>, in whole: Int) -> Int {
    guard length <= whole else { return -((length - whole) / 2) }
    let centred = part.lowerBound - (length - part.count) / 2
    return min(max(centred, 0), whole - length)
  }

  /// Rounded up.
  private static func quotient(_ value: Int, _ divisor: Int) -> Int {
    (value + divisor - 1) / divisor
  }
}
