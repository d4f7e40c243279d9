import Tensor

/// What is still to be drawn of a masked picture.
struct OpenPixels {
  private let picture: PixelSize
  private let window: PixelSize
  private let overlap: Int
  /// The part of the picture that windows can reach in which something is drawn: of a large picture, little more than
  /// what is masked.
  private let reach: PixelRegion
  /// Of that part.
  private let mask: Mask
  /// 1 where it is, in that part.
  private var open: Mask

  /// Nil where nothing is masked.
  init?(mask: Mask, window: PixelSize, overlap: Int) {
    let around = mask.bounds?.widened(by: window.width, window.height)
    guard let reach = around?.intersection(mask.size.region) else { return nil }
    (picture, self.window, self.overlap, self.reach) = (mask.size, window, overlap, reach)
    self.mask = mask.cropped(to: reach)
    open = Mask(values: self.mask.values.map { $0 > 0 ? 1 : 0 })
  }

  /// The window with the greatest product of what it closes and what it knows, then the one that closes the most;
  /// of several, the one next to their middle. Nil where nothing is open.
  func bestRegion() -> PixelRegion? {
    let counts = CountTable(of: open)
    var best: (score: (Int, Int), places: [PixelRegion]) = ((0, 0), [])
    for y in starts(of: window.height, in: picture.height, reaching: reach.rows) {
      for x in starts(of: window.width, in: picture.width, reaching: reach.columns) {
        let region = PixelRegion(x: x, y: y, width: window.width, height: window.height)
        let (core, whole) = (core(of: region).relative(to: reach), region.relative(to: reach))
        let closed = counts.count(core.columns, core.rows)
        let known = window.width * window.height - counts.count(whole.columns, whole.rows)
        let score = (closed * known, closed)
        if score > best.score { best = (score, []) }
        if score == best.score, closed > 0 { best.places.append(region) }
      }
    }
    return Self.middle(of: best.places)
  }

  /// Takes what the region keeps from what is open.
  mutating func close(_ region: PixelRegion) -> InpaintWindow {
    let core = core(of: region).relative(to: reach)
    let inside = Mask(
      width: reach.width, height: reach.height,
      covering: Box(
        x: Double(core.x), y: Double(core.y), width: Double(core.width),
        height: Double(core.height)))
    let closed = open.combined(with: inside, by: .intersect)
    let place = region.relative(to: reach)
    let window = InpaintWindow(
      region: region, drawn: soft(open, in: place), kept: soft(closed, in: place))
    open = open.combined(with: inside, by: .subtract)
    return window
  }

  /// The mask where `part` is 1, falling to 0 within `overlap` pixels around it.
  private func soft(_ part: Mask, in region: PixelRegion) -> Mask {
    let wide = region.widened(by: overlap, overlap)
    let radius = Double(max(overlap - 1, 0)) / 2
    let halo = part.cropped(to: wide).grown(by: radius).feathered(by: radius)
      .cropped(to: region.relative(to: wide))
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
    let columns = inner(region.columns, in: picture.width)
    let rows = inner(region.rows, in: picture.height)
    return PixelRegion(
      x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
  }

  /// Sixteenths of a window, and where the last one begins, as far as windows reach these places.
  private func starts(of length: Int, in whole: Int, reaching places: Range<Int>) -> [Int] {
    guard length < whole else { return [-((length - whole) / 2)] }
    let all = Array(stride(from: 0, to: whole - length, by: max(length / 16, 1)))
    return (all + [whole - length]).filter { places.overlaps($0..<$0 + length) }
  }

  private static func middle(of regions: [PixelRegion]) -> PixelRegion? {
    let sum = regions.reduce((x: 0, y: 0)) { ($0.x + $1.x, $0.y + $1.y) }
    func distance(_ region: PixelRegion) -> Int {
      abs(region.x * regions.count - sum.x) + abs(region.y * regions.count - sum.y)
    }
    return regions.min { distance($0) < distance($1) }
  }
}
