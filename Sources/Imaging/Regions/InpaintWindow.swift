import Tensor

/// A part of a picture that is drawn anew at once.
public struct InpaintWindow: Sendable {
  /// Where it is; it goes beyond a picture that is smaller.
  public let region: PixelRegion
  /// What of it is still to be drawn, of the region's size.
  public let drawn: Mask
  /// What of it is kept, with a soft edge over what was drawn before; the rest is drawn again by another window.
  public let kept: Mask

  /// Windows of one size in which, one after the other, all is drawn that a mask covers: each begins where the most is
  /// known, sees what those before it have drawn, and keeps what it has drawn but for a margin.
  ///
  /// - Parameters:
  ///   - mask: where its value is 0, nothing is kept of any window.
  ///   - width: a window's, in pixels.
  ///   - height: a window's, in pixels.
  ///   - overlap: the margin, in pixels; a quarter of a window at most.
  public static func covering(
    _ mask: Mask, width: Int, height: Int, overlap: Int
  ) -> [InpaintWindow] {
    let window = PixelSize(width: width, height: height)
    var open = OpenPixels(mask: mask, overlap: min(overlap, width / 4, height / 4))
    var windows: [InpaintWindow] = []
    while let region = open.bestRegion(for: window) { windows.append(open.close(region)) }
    return windows
  }
}

/// What is still to be drawn of a masked picture.
private struct OpenPixels {
  let mask: Mask
  let overlap: Int
  /// 1 where it is.
  private var open: Mask

  init(mask: Mask, overlap: Int) {
    (self.mask, self.overlap) = (mask, overlap)
    open = Mask(values: mask.values.map { $0 > 0 ? 1 : 0 })
  }

  /// The window with the greatest product of what it closes and what it knows, then the one that closes the most;
  /// of several, the one next to their middle. Nil where nothing is open.
  func bestRegion(for window: PixelSize) -> PixelRegion? {
    let counts = CountTable(of: open)
    guard counts.count(0..<mask.width, 0..<mask.height) > 0 else { return nil }
    var best: (score: (Int, Int), places: [PixelRegion]) = ((0, 0), [])
    for y in Self.starts(of: window.height, in: mask.height) {
      for x in Self.starts(of: window.width, in: mask.width) {
        let region = PixelRegion(x: x, y: y, width: window.width, height: window.height)
        let core = core(of: region)
        let closed = counts.count(core.columns, core.rows)
        let known = window.width * window.height - counts.count(region.columns, region.rows)
        let score = (closed * known, closed)
        if score > best.score { best = (score, []) }
        if score == best.score, closed > 0 { best.places.append(region) }
      }
    }
    return Self.middle(of: best.places)
  }

  /// Takes what the region keeps from what is open.
  mutating func close(_ region: PixelRegion) -> InpaintWindow {
    let core = core(of: region)
    let inside = Mask(
      width: mask.width, height: mask.height,
      covering: Box(
        x: Double(core.x), y: Double(core.y), width: Double(core.width),
        height: Double(core.height)))
    let closed = open.combined(with: inside, by: .intersect)
    let window = InpaintWindow(
      region: region, drawn: soft(open, in: region), kept: soft(closed, in: region))
    open = open.combined(with: inside, by: .subtract)
    return window
  }

  /// The mask where `part` is 1, falling to 0 within `overlap` pixels around it.
  private func soft(_ part: Mask, in region: PixelRegion) -> Mask {
    let wide = PixelRegion(
      x: region.x - overlap, y: region.y - overlap, width: region.width + 2 * overlap,
      height: region.height + 2 * overlap)
    let reach = Double(max(overlap - 1, 0)) / 2
    let halo = part.cropped(to: wide).grown(by: reach).feathered(by: reach).cropped(
      to: PixelRegion(x: overlap, y: overlap, width: region.width, height: region.height))
    let share = halo.combined(with: part.cropped(to: region), by: .union)
    return Mask(values: mask.cropped(to: region).values.zip(share.values) { $0 * $1 })
  }

  /// A region without its margin, which counts only where the picture goes on.
  private func core(of region: PixelRegion) -> PixelRegion {
    func inner(_ places: Range<Int>, in whole: Int) -> Range<Int> {
      let start = places.lowerBound > 0 ? places.lowerBound + overlap : places.lowerBound
      let end = places.upperBound < whole ? places.upperBound - overlap : places.upperBound
      return start..<end
    }
    let columns = inner(region.columns, in: mask.width)
    let rows = inner(region.rows, in: mask.height)
    return PixelRegion(
      x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
  }

  /// Sixteenths of a window, and where the last one begins.
  private static func starts(of length: Int, in whole: Int) -> [Int] {
    guard length < whole else { return [-((length - whole) / 2)] }
    return Array(stride(from: 0, to: whole - length, by: max(length / 16, 1))) + [whole - length]
  }

  private static func middle(of regions: [PixelRegion]) -> PixelRegion? {
    let sum = regions.reduce((x: 0, y: 0)) { ($0.x + $1.x, $0.y + $1.y) }
    func distance(_ region: PixelRegion) -> Int {
      abs(region.x * regions.count - sum.x) + abs(region.y * regions.count - sum.y)
    }
    return regions.min { distance($0) < distance($1) }
  }
}

/// How many pixels of a mask are not 0 in any rectangle: Crow, "Summed-Area Tables for Texture Mapping" (1984).
private struct CountTable {
  private let width: Int
  private let height: Int
  private var sums: [Int]

  init(of mask: Mask) {
    (width, height) = (mask.width, mask.height)
    sums = Array(repeating: 0, count: (width + 1) * (height + 1))
    let values = mask.values.elements
    for y in 0..<height {
      var row = 0
      for x in 0..<width {
        row += values[y * width + x] > 0 ? 1 : 0
        sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row
      }
    }
  }

  /// Of the part that is in the picture.
  func count(_ columns: Range<Int>, _ rows: Range<Int>) -> Int {
    let (columns, rows) = (columns.clamped(to: 0..<width), rows.clamped(to: 0..<height))
    func sum(_ x: Int, _ y: Int) -> Int { sums[y * (width + 1) + x] }
    return sum(columns.upperBound, rows.upperBound) - sum(columns.lowerBound, rows.upperBound)
      - sum(columns.upperBound, rows.lowerBound) + sum(columns.lowerBound, rows.lowerBound)
  }
}
