/// How a large latent is cut into tiles that the model sees one at a time, and that overlap: at each step the latent is
/// the mean of what the tiles predict, so that none has a seam. Bar-Tal et al., "MultiDiffusion: Fusing Diffusion Paths
/// for Controlled Image Generation" (2023), equation 5, with weights that fall towards the tiles' edges.
public struct LatentTiles: Hashable, Sendable {
  /// Elements of the latent along each side of a tile.
  public let size: Int
  /// How many of them neighbours share, at least; up to half of the size.
  public let overlap: Int

  /// - Parameters:
  ///   - size: at least 1.
  ///   - overlap: what is beyond half of the size is cut off.
  public init(size: Int, overlap: Int) {
    precondition(size > 0 && overlap >= 0, "tiles of \(size) with \(overlap) in common")
    self.size = size
    self.overlap = min(overlap, size / 2)
  }

  /// The tiles along an axis: as few as will do, spread evenly.
  func ranges(of length: Int) -> [Range<Int>] {
    guard length > size else { return [0..<length] }
    let step = size - overlap
    let count = (length - overlap + step - 1) / step
    return (0..<count).map { index in
      let start = (index * (length - size) + (count - 1) / 2) / (count - 1)
      return start..<start + size
    }
  }

  /// The tiles of a latent, from the upper left.
  func areas(height: Int, width: Int) -> [LatentArea] {
    ranges(of: height).flatMap { rows in
      ranges(of: width).map { LatentArea(rows: rows, columns: $0) }
    }
  }

  /// The weight of a place by how far it is from the ends of its tile: rises over the overlap from ends that are not the
  /// latent's own, slowly at first and at last (Hermite's 3t^2 - 2t^3), so that no tile sets in at once. Over 60 portraits,
  /// edges at the tiles' ends were 0.9 +- 0.4 % stronger with a straight line instead, and 0.25 +- 0.10 % with a ControlNet
  /// beside (both standard errors; `Scripts/train/measuring/seams.py` at a `denoise` of 0.5).
  func weight(_ place: Int, in range: Range<Int>, of length: Int) -> Float {
    let before = range.lowerBound > 0 ? place - range.lowerBound : .max
    let after = range.upperBound < length ? range.upperBound - 1 - place : .max
    let distance = min(before, after)
    guard distance < overlap else { return 1 }
    let share = (Float(distance) + 0.5) / Float(overlap)
    return share * share * (3 - 2 * share)
  }
}

extension PlacedPrompt {
  /// The prompt in one tile: as much of its area as lies there; nil where nothing does.
  ///
  /// SDXL is told the size of a tile where nothing else is said: it knows no pictures as large as the whole.
  /// - Parameters:
  ///   - whole: the latent.
  ///   - scale: how many pixels one element stands for.
  func restricted(to tile: LatentArea, of tiles: LatentTiles, in whole: LatentArea, scale: Int)
    -> PlacedPrompt?
  {
    guard let shared = area.shared(with: tile) else { return nil }
    let columns = shared.columns.map {
      tiles.weight($0, in: tile.columns, of: whole.columns.count)
    }
    let weights = shared.rows.flatMap { y in
      let row = tiles.weight(y, in: tile.rows, of: whole.rows.count)
      let first = (y - area.rows.lowerBound) * area.columns.count - area.columns.lowerBound
      return zip(shared.columns, columns).map { self.weights[first + $0] * row * $1 }
    }
    var part = part
    if tile != whole, part.sizes == nil {
      part.sizes = SizeConditioning(
        width: tile.columns.count * scale, height: tile.rows.count * scale)
    }
    return PlacedPrompt(self, part: part, area: shared, weights: weights)
  }
}

extension LatentArea {
  /// Nil for areas that lie beside each other.
  fileprivate func shared(with other: LatentArea) -> LatentArea? {
    guard rows.overlaps(other.rows), columns.overlaps(other.columns) else { return nil }
    return LatentArea(
      rows: rows.clamped(to: other.rows), columns: columns.clamped(to: other.columns))
  }
}
