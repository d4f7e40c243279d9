/// A part of a picture in whole pixels from its upper left corner. It may go beyond the picture.
public struct PixelRegion: Hashable, Sendable {
  /// In pixels.
  public var x, y, width, height: Int

  /// In pixels; the sides are at least 1.
  public init(x: Int, y: Int, width: Int, height: Int) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }

  /// The columns, which may begin before the picture.
  var columns: Range<Int> { x..<x + width }
  /// The rows, which may begin before the picture.
  var rows: Range<Int> { y..<y + height }
  var size: PixelSize { PixelSize(width: width, height: height) }

  /// What two regions share; nil for nothing.
  public func intersection(_ other: PixelRegion) -> PixelRegion? {
    let columns = columns.clamped(to: other.columns)
    let rows = rows.clamped(to: other.rows)
    guard !columns.isEmpty, !rows.isEmpty else { return nil }
    return PixelRegion(
      x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
  }

  /// Larger at each side.
  func widened(by columns: Int, _ rows: Int) -> PixelRegion {
    PixelRegion(
      x: x - columns, y: y - rows, width: width + 2 * columns, height: height + 2 * rows)
  }

  /// Larger at each side, as far as a picture goes; nil where nothing of it is in the picture.
  func widened(by margin: Int, inside picture: PixelSize) -> PixelRegion? {
    widened(by: margin, margin).intersection(picture.region)
  }

  /// The same part, seen from the upper left corner of another one.
  func relative(to other: PixelRegion) -> PixelRegion {
    PixelRegion(x: x - other.x, y: y - other.y, width: width, height: height)
  }

  /// Throws `RegionError` unless all of the region is in a picture of this size.
  public func check(inside width: Int, _ height: Int) throws(RegionError) {
    guard x >= 0, y >= 0, self.width <= width, x <= width - self.width, self.height <= height,
      y <= height - self.height
    else { throw .outside(self, width: width, height: height) }
  }
}

extension PixelSize {
  /// All of a picture of this size.
  var region: PixelRegion { PixelRegion(x: 0, y: 0, width: width, height: height) }
}

/// Why a part of a picture cannot be taken or put back.
public enum RegionError: Error, Hashable, Sendable, CustomStringConvertible {
  case emptyMask
  case outside(PixelRegion, width: Int, height: Int)
  /// No pixel of the region is in the picture.
  case apart(PixelRegion, width: Int, height: Int)
  /// The numbers are none that a region can have.
  case notARegion([Int])
  /// The region would go beyond `ImageLimits`.
  case tooLarge(width: Int, height: Int)

  /// A sentence.
  public var description: String {
    switch self {
    case .emptyMask:
      "the mask is empty: it is 0 everywhere, so there is nothing to crop to"
    case .outside(let region, let width, let height):
      "the part \(region) goes beyond the picture, which is \(width)x\(height)"
    case .apart(let region, let width, let height):
      "the part \(region) is nowhere in the picture, which is \(width)x\(height)"
    case .notARegion(let numbers):
      "a region is four numbers, x, y, width and height, with sides of 1 to "
        + "\(ImageLimits.side) pixels; this is \(numbers)"
    case .tooLarge(let width, let height):
      "the part to work on would have \(width)x\(height) pixels, and a side may have "
        + "\(ImageLimits.side), all of it \(ImageLimits.pixels / 1_000_000) million; "
        + "give it a working size that is more like the mask"
    }
  }
}

extension PixelRegion: CustomStringConvertible {
  /// Such as `64x32 at 10, 20`.
  public var description: String { "\(width)x\(height) at \(x), \(y)" }
}

extension PixelRegion {
  /// Reads `[x, y, width, height]`, as graphs pass a region on. Throws `RegionError`.
  public init(_ numbers: [Int]) throws(RegionError) {
    let places = -ImageLimits.side...ImageLimits.side
    guard numbers.count == 4, numbers.prefix(2).allSatisfy(places.contains),
      numbers.suffix(2).allSatisfy((1...ImageLimits.side).contains)
    else { throw .notARegion(numbers) }
    self.init(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }

  /// `[x, y, width, height]`.
  public var numbers: [Int] { [x, y, width, height] }
}
