extension Raster {
  /// A part of a picture; beyond the picture, the pixels at its border are repeated.
  public func cropped(to region: PixelRegion) -> Self {
    Self(
      planes: planes.picking(
        rows: region.rows.map { min(max($0, 0), size.height - 1) },
        columns: region.columns.map { min(max($0, 0), size.width - 1) }))
  }
}

extension Mask {
  /// The smallest part that holds every value above 0; nil where there is none.
  public var bounds: PixelRegion? {
    let (width, height) = (width, height)
    return values.withElements { values in
      func isUsed(_ places: some Sequence<Int>) -> Bool { places.contains { values[$0] > 0 } }
      let usesRow = { y in isUsed(y * width..<(y + 1) * width) }
      guard let top = (0..<height).first(where: usesRow),
        let bottom = (0..<height).last(where: usesRow)
      else { return nil }
      let usesColumn = { x in
        isUsed(stride(from: top * width + x, through: bottom * width + x, by: width))
      }
      guard let left = (0..<width).first(where: usesColumn),
        let right = (0..<width).last(where: usesColumn)
      else { return nil }
      return PixelRegion(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
    }
  }
}
