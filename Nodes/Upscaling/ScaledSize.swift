import Graph

/// How large something becomes by a factor.
struct ScaledSize {
  var scale: Double
  /// What sides are rounded to multiples of.
  var multiple = 1

  /// The nearest multiple, but at least one.
  func side(_ length: Int) -> Int {
    max(Int((Double(length) * scale / Double(multiple)).rounded()), 1) * multiple
  }

  func size(width: Int, height: Int) -> (width: Int, height: Int) { (side(width), side(height)) }

  /// Of what is known.
  func extent(of extent: Extent) -> Extent {
    Extent(width: extent.width.map(side), height: extent.height.map(side))
  }
}
