/// A multi-block local binary pattern: which of the eight blocks around a middle one are at least as light.
struct PatternFeature: Hashable, Sendable {
  /// The upper left of three by three blocks, in a window.
  var x, y: Int
  /// Of each block.
  var width, height: Int

  /// Whether all blocks lie in a window.
  func fits(in window: PixelSize) -> Bool {
    x >= 0 && y >= 0 && width >= 0 && height >= 0 && x + 3 * width <= window.width
      && y + 3 * height <= window.height
  }
}

/// A pattern as it is looked up in sums over a picture.
struct PlacedPatternFeature: Sendable {
  private let middle: Corners
  /// From the upper left clockwise, which is the order of the bits from the highest down.
  private let others: [Corners]

  init(_ feature: PatternFeature, in sums: PictureSums) {
    func block(_ column: Int, _ row: Int) -> Corners {
      sums.corners(
        of: .init(
          x: feature.x + column * feature.width, y: feature.y + row * feature.height,
          width: feature.width, height: feature.height, weight: 1))
    }
    middle = block(1, 1)
    others = [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1)].map(block)
  }

  /// From 0 to 255.
  func pattern(_ sums: UnsafeBufferPointer<Int32>, at offset: Int) -> Int {
    let light = middle.sum(sums, at: offset)
    return others.reduce(0) { $0 << 1 | ($1.sum(sums, at: offset) >= light ? 1 : 0) }
  }
}
