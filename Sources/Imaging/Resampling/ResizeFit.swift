/// What happens when a picture is resized to other proportions.
public enum ResizeFit: String, Sendable, CaseIterable {
  /// The proportions change.
  case stretch
  /// The proportions stay; what is too much is cut off, the same at two opposite sides.
  case cover
  /// The proportions stay; the rest is filled with a colour, the same at two opposite sides.
  case contain
}

/// The width and height of a picture.
struct PixelSize: Hashable, Sendable {
  var width: Int
  var height: Int

  /// The largest part of this size, in the middle, that has the proportions of `other`.
  func middlePart(proportionedAs other: PixelSize) -> PixelBox {
    let shownWidth = min(Double(width), Double(height * other.width) / Double(other.height))
    let shownHeight = min(Double(height), Double(width * other.height) / Double(other.width))
    return PixelBox(
      x: Self.middle(shownWidth, of: Double(width)), y: Self.middle(shownHeight, of: Double(height))
    )
  }

  private static func middle(_ part: Double, of whole: Double) -> ClosedRange<Double> {
    let start = (whole - part) / 2
    return start...min(start + part, whole)
  }

  /// The largest size with these proportions inside `other`, at least one pixel a side.
  func fitted(into other: PixelSize) -> PixelSize {
    let scale = min(
      Double(other.width) / Double(width), Double(other.height) / Double(height))
    func scaled(_ side: Int) -> Int { max(1, Int((Double(side) * scale).rounded())) }
    return PixelSize(width: scaled(width), height: scaled(height))
  }
}
