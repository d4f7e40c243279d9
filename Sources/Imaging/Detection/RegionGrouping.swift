extension [PixelRegion] {
  /// Regions that are much alike are made one, their mean; those stay that more than `threshold` agree on. OpenCV's
  /// `groupRectangles`, whose eps is 0.2.
  ///
  /// - Parameter threshold: 0 gives all regions as they are.
  func grouped(over threshold: Int) -> [PixelRegion] {
    guard threshold > 0 else { return self }
    let groups = RegionGroups(self).means.filter { $0.count > threshold }
    return groups.indices.filter { index in
      !groups.indices.contains { $0 != index && groups[$0].swallows(groups[index]) }
    }.map { groups[$0].region }
  }
}

/// The mean of regions.
private struct RegionGroup {
  var region: PixelRegion
  var count: Int

  /// Whether this one, of more regions, is around another.
  func swallows(_ other: RegionGroup) -> Bool {
    let x = (Double(region.width) * RegionGroups.tolerance).whole
    let y = (Double(region.height) * RegionGroups.tolerance).whole
    return other.region.x >= region.x - x && other.region.y >= region.y - y
      && other.region.columns.upperBound <= region.columns.upperBound + x
      && other.region.rows.upperBound <= region.rows.upperBound + y
      && (count > Swift.max(3, other.count) || other.count < 3)
  }
}

/// Regions in groups: two are in one if they are alike, or both like a third.
private struct RegionGroups {
  static let tolerance = 0.2
  /// For each region another of its group, or itself.
  private var parents: [Int]
  private let regions: [PixelRegion]

  init(_ regions: [PixelRegion]) {
    self.regions = regions
    parents = Array(regions.indices)
    for index in regions.indices {
      for other in 0..<index where Self.areAlike(regions[index], regions[other]) {
        let (first, second) = (root(of: index), root(of: other))
        parents[Swift.max(first, second)] = Swift.min(first, second)
      }
    }
  }

  /// OpenCV's `SimilarRects`.
  private static func areAlike(_ a: PixelRegion, _ b: PixelRegion) -> Bool {
    let sides = Swift.min(a.width, b.width) + Swift.min(a.height, b.height)
    let limit = tolerance * Double(sides) * 0.5
    func isNear(_ a: Int, _ b: Int) -> Bool { Double(abs(a - b)) <= limit }
    return isNear(a.x, b.x) && isNear(a.y, b.y)
      && isNear(a.columns.upperBound, b.columns.upperBound)
      && isNear(a.rows.upperBound, b.rows.upperBound)
  }

  private mutating func root(of index: Int) -> Int {
    var index = index
    while parents[index] != index {
      parents[index] = parents[parents[index]]
      index = parents[index]
    }
    return index
  }

  /// In the order of the groups' first regions.
  var means: [RegionGroup] {
    var groups = self
    let roots = regions.indices.map { groups.root(of: $0) }
    var sums: [Int: RegionGroup] = [:]
    for (region, root) in zip(regions, roots) {
      var sum =
        sums[root] ?? RegionGroup(region: PixelRegion(x: 0, y: 0, width: 0, height: 0), count: 0)
      sum.region.x += region.x
      sum.region.y += region.y
      sum.region.width += region.width
      sum.region.height += region.height
      sum.count += 1
      sums[root] = sum
    }
    return sums.sorted { $0.key < $1.key }.map { _, sum in
      let share = 1 / Float(sum.count)
      func mean(_ sum: Int) -> Int { (Float(sum) * share).whole }
      return RegionGroup(
        region: PixelRegion(
          x: mean(sum.region.x), y: mean(sum.region.y), width: mean(sum.region.width),
          height: mean(sum.region.height)), count: sum.count)
    }
  }
}

extension Double {
  /// To the nearest, halves to even.
  fileprivate var whole: Int { Int(rounded(.toNearestOrEven)) }
}
