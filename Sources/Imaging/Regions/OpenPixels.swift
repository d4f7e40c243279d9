import Tensor

/// What is still to be drawn of a masked picture.
struct OpenPixels {
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
