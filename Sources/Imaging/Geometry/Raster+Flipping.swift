/// Where a picture is mirrored.
public enum FlipDirection: String, Sendable, CaseIterable {
  /// Left and right are exchanged.
  case horizontal
  /// Top and bottom are exchanged.
  case vertical
}

extension Raster {
  /// The mirrored picture.
  public func flipped(_ direction: FlipDirection) -> Self {
    let rows = Array(0..<size.height)
    let columns = Array(0..<size.width)
    return Self(
      planes: direction == .horizontal
        ? planes.picking(rows: rows, columns: columns.reversed())
        : planes.picking(rows: rows.reversed(), columns: columns))
  }

  /// The picture turned counter-clockwise by this many quarters, exactly.
  func turned(quarters: Int) -> Self {
    switch (quarters % 4 + 4) % 4 {
    case 1: Self(planes: planes.exchangingRowsAndColumns()).flipped(.vertical)
    case 2: flipped(.horizontal).flipped(.vertical)
    case 3: Self(planes: planes.exchangingRowsAndColumns()).flipped(.horizontal)
    default: self
    }
  }
}
