/// Where the parts of the levels are in the picture.
extension LevelNest {
  /// By level: where its own corner is in the picture.
  func origins(from origin: Point) -> [Point] {
    var origins = [Point](repeating: origin, count: levels.count)
    for (frame, description) in diagram.frames.enumerated() {
      let outer = description.parent ?? outermostIndex
      origins[frame] =
        origins[outer] + levels[outer].layout.places[frameItems[frame]]
        + Point(x: Self.padding, y: Self.header)
    }
    return origins
  }

  func frames(_ origins: [Point]) -> [Rectangle] {
    diagram.frames.indices.map { frame in
      let item = levels[diagram.frames[frame].parent ?? outermostIndex].level.items[
        frameItems[frame]]
      return Rectangle(
        x: origins[frame].x - Self.padding, y: origins[frame].y - Self.header, width: item.width,
        height: item.height)
    }
  }

  /// Nil for loose inputs.
  func place(of box: Int, _ origins: [Point]) -> Rectangle? {
    guard boxItems[box] >= 0 else { return nil }
    let level = level(of: box)
    let corner = origins[level] + levels[level].layout.places[boxItems[box]]
    return Rectangle(
      x: corner.x + BoxMetrics.arrowRoom, y: corner.y, width: metrics[box].width,
      height: metrics[box].height)
  }

  /// By edge: its parts in all levels that it passes, joined.
  func routes(_ origins: [Point]) -> [[Rail]] {
    parts.map { parts in
      var rails: [Rail] = []
      for (level, part) in parts {
        for rail in levels[level].layout.routes[part] ?? [] {
          Self.append(rail.moved(by: origins[level]), to: &rails)
        }
      }
      if let last = rails.indices.last { rails[last].end += BoxMetrics.arrowRoom }
      return rails
    }
  }

  /// What goes on at the same height is one rail.
  private static func append(_ rail: Rail, to rails: inout [Rail]) {
    if let last = rails.indices.last, rails[last].y == rail.y {
      rails[last].end = rail.end
    } else {
      rails.append(rail)
    }
  }
}
