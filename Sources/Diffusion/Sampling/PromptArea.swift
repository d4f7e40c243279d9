/// The rectangle of a picture that a prompt is for.
public enum PromptArea: Hashable, Sendable {
  /// In pixels from the upper left corner.
  case pixels(x: Int, y: Int, width: Int, height: Int)
  /// In parts of the picture's width and height, 0 to 1.
  case fractions(x: Float, y: Float, width: Float, height: Float)

  /// Where it begins, as messages show it.
  var origin: String {
    switch self {
    case .pixels(let x, let y, _, _): "\(x),\(y)"
    case .fractions(let x, let y, _, _): "\(x),\(y)"
    }
  }

  /// Makes sure that some of it lies in a picture of this size, in pixels. Throws `ConditioningError`.
  func verify(width: Int, height: Int) throws {
    let isInside =
      switch self {
      case .pixels(let x, let y, _, _): x < width && y < height
      case .fractions(let x, let y, _, _): x < 1 && y < 1
      }
    guard isInside else {
      throw ConditioningError.areaOutside(self, width: width, height: height)
    }
  }
}

/// A rectangle of a latent.
struct LatentArea: Hashable, Sendable {
  var rows: Range<Int>
  var columns: Range<Int>

  init(rows: Range<Int>, columns: Range<Int>) {
    self.rows = rows
    self.columns = columns
  }

  /// All of a latent of this size.
  init(height: Int, width: Int) {
    rows = 0..<height
    columns = 0..<width
  }

  /// - Parameters:
  ///   - scale: how many pixels one element of the latent stands for.
  ///   - height: of the latent; what lies beyond is cut off.
  ///   - width: of the latent.
  init(_ area: PromptArea, scale: Int, height: Int, width: Int) {
    switch area {
    case .pixels(let x, let y, let areaWidth, let areaHeight):
      rows = Self.range(from: y / scale, count: areaHeight / scale, of: height)
      columns = Self.range(from: x / scale, count: areaWidth / scale, of: width)
    case .fractions(let x, let y, let areaWidth, let areaHeight):
      rows = Self.range(y, areaHeight, of: height)
      columns = Self.range(x, areaWidth, of: width)
    }
  }

  /// The smallest area around what `mask`, `[height, width]`, does not leave out, but at least 8 elements high and
  /// wide (ComfyUI's `set_area_to_bounds`).
  init(around mask: [Float], height: Int, width: Int) {
    let rows = (0..<height).filter { y in (0..<width).contains { mask[y * width + $0] != 0 } }
    let columns = (0..<width).filter { x in (0..<height).contains { mask[$0 * width + x] != 0 } }
    self.rows = Self.range(around: rows, of: height)
    self.columns = Self.range(around: columns, of: width)
  }

  func contains(_ other: LatentArea) -> Bool {
    rows.lowerBound <= other.rows.lowerBound && rows.upperBound >= other.rows.upperBound
      && columns.lowerBound <= other.columns.lowerBound
      && columns.upperBound >= other.columns.upperBound
  }

  var count: Int { rows.count * columns.count }

  /// The same rectangle where each element is `scale` pixels wide and high.
  func scaled(by scale: Int) -> LatentArea {
    var area = self
    area.rows = rows.lowerBound * scale..<rows.upperBound * scale
    area.columns = columns.lowerBound * scale..<columns.upperBound * scale
    return area
  }

  private static func range(_ start: Float, _ size: Float, of limit: Int) -> Range<Int> {
    let (start, size) = (start * Float(limit), size * Float(limit))
    return range(
      from: Int(start.rounded(.toNearestOrEven)), count: Int(size.rounded(.toNearestOrEven)),
      of: limit)
  }

  /// At least one element, and none beyond the limit.
  private static func range(from start: Int, count: Int, of limit: Int) -> Range<Int> {
    let start = min(max(start, 0), limit - 1)
    return start..<start + min(max(count, 1), limit - start)
  }

  private static func range(around hits: [Int], of limit: Int) -> Range<Int> {
    guard let first = hits.first, let last = hits.last else { return 0..<min(8, limit) }
    return range(from: first, count: max(last - first + 1, 8), of: limit)
  }
}
