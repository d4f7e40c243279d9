extension LevelLayout {
  /// A layered layout, from left to right (Sugiyama, Tagawa and Toda 1981): layers, the order within
  /// them, heights, and the edges' ways.
  init(_ level: Level) {
    let layering = Layering(level)
    let layered = Ordering.ordered(LayeredLevel(level, layering))
    let tops = Placement(layered).tops
    let columns = Columns(level, layered, tops)
    places = level.items.indices.map { Point(x: columns.starts[layered.layerOf[$0]], y: tops[$0]) }
    width = columns.width
    height =
      layered.nodes.indices.map { tops[$0] + layered.nodes[$0].height }.max() ?? 0
    routes = [:]
    for edge in level.edges {
      routes[edge] = rails(of: edge, level, layered, tops, columns)
    }
  }

  private func rails(
    of edge: Level.Edge, _ level: Level, _ layered: LayeredLevel, _ tops: [Double],
    _ columns: Columns
  ) -> [Rail] {
    let (source, target) = (level.items[edge.source], level.items[edge.target])
    let start = Rail(
      start: places[edge.source].x + source.bodyWidth,
      end: columns.ends[layered.layerOf[edge.source]],
      y: places[edge.source].y + source.outputs[edge.output])
    let stops = (layered.stops[edge] ?? []).map { stop in
      let layer = layered.layerOf[stop]
      return Rail(start: columns.starts[layer], end: columns.ends[layer], y: tops[stop])
    }
    let left = places[edge.target].x
    let end = Rail(start: left, end: left, y: places[edge.target].y + target.inputs[edge.input])
    return [start] + stops + [end]
  }
}

/// Where the layers stand.
private struct Columns {
  var starts: [Double] = []
  var ends: [Double] = []
  var width: Double { ends.last ?? 0 }

  /// Steep edges get more room to turn.
  init(_ level: Level, _ layered: LayeredLevel, _ tops: [Double]) {
    var x = 0.0
    for layer in layered.layers.indices {
      let width = layered.layers[layer].compactMap { layered.nodes[$0].item }
        .map { level.items[$0].width }.max()
      starts.append(x)
      ends.append(x + (width ?? 0))
      let rise = layered.segments[layer].map { segment in
        abs(
          tops[segment.source] + layered.nodes[segment.source].outputs[segment.output]
            - tops[segment.target] - layered.nodes[segment.target].inputs[segment.input])
      }
      x += (width ?? 0) + min(max(36, 24 + (rise.max() ?? 0) * 0.2), 160).rounded()
    }
  }
}
