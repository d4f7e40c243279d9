/// The levels of a diagram: one for each frame, and one around all.
struct LevelNest {
  /// An output that edges come from.
  struct Source: Hashable {
    var box: Int
    var output: Int
  }

  /// A level with what its items stand for.
  struct Contents {
    var level = Level()
    var layout = LevelLayout(width: 0, height: 0, places: [], routes: [:])
    /// Where edges come into the frame and leave it, by what they bring.
    var entries: [Source] = []
    var exits: [Source] = []
    /// The items of entries and exits.
    var entryItems: [Source: Int] = [:]
    var exitItems: [Source: Int] = [:]
    /// The level itself and all around it, innermost first.
    var around: [Int] = []
  }

  static let padding = 12.0
  static let header = 30.0

  /// Inputs that no edge comes from.
  let loose: [Int]

  let diagram: Diagram
  let metrics: [BoxMetrics]
  /// By frame; the last is the level around all.
  private(set) var levels: [Contents]
  private(set) var boxItems: [Int]
  private(set) var frameItems: [Int]
  /// By edge: the levels that it passes, in its direction, and its part in each.
  private(set) var parts: [[(level: Int, edge: Level.Edge)]] = []

  init(_ diagram: Diagram, _ metrics: [BoxMetrics]) {
    self.diagram = diagram
    self.metrics = metrics
    loose = diagram.boxes.indices.filter {
      diagram.boxes[$0].kind == .input && diagram.boxes[$0].outputs.isEmpty
    }
    levels = Array(repeating: Contents(), count: diagram.frames.count + 1)
    boxItems = Array(repeating: -1, count: diagram.boxes.count)
    frameItems = Array(repeating: -1, count: diagram.frames.count)
    levels[outermostIndex].around = [outermostIndex]
    for (frame, description) in diagram.frames.enumerated() {
      levels[frame].around = [frame] + levels[description.parent ?? outermostIndex].around
    }
  }

  var outermostIndex: Int { diagram.frames.count }

  /// The level around all.
  var outermost: LevelLayout { levels[outermostIndex].layout }

  func level(of box: Int) -> Int { diagram.boxes[box].frame ?? outermostIndex }

  // MARK: Layout

  mutating func layOut() {
    addTerminals()
    let loose = Set(loose)
    let boxes = Dictionary(
      grouping: diagram.boxes.indices.filter { !loose.contains($0) }, by: level(of:))
    let edges = edgesByLevel()
    // Frames stand behind those around them, so that the last is an innermost one.
    for frame in diagram.frames.indices.reversed() {
      layOut(frame, boxes: boxes[frame] ?? [], edges: edges[frame] ?? [])
      addItem(forFrame: frame)
    }
    layOut(outermostIndex, boxes: boxes[outermostIndex] ?? [], edges: edges[outermostIndex] ?? [])
    parts = diagram.edges.map { edge in
      passed(by: edge).compactMap { level in part(of: edge, in: level).map { (level, $0) } }
    }
  }

  private mutating func layOut(_ level: Int, boxes: [Int], edges: [Diagram.Edge]) {
    for box in boxes { addItem(forBox: box, to: level) }
    for source in levels[level].entries { addTerminal(.first, for: source, to: level) }
    for source in levels[level].exits { addTerminal(.last, for: source, to: level) }
    var known: Set<Level.Edge> = []
    levels[level].level.edges = edges.compactMap { part(of: $0, in: level) }
      .filter { known.insert($0).inserted }
    levels[level].layout = LevelLayout(levels[level].level)
  }

  private func edgesByLevel() -> [Int: [Diagram.Edge]] {
    var edges: [Int: [Diagram.Edge]] = [:]
    for edge in diagram.edges {
      for level in passed(by: edge) { edges[level, default: []].append(edge) }
    }
    return edges
  }

  /// The levels on the way of an edge, in its direction.
  private func passed(by edge: Diagram.Edge) -> [Int] {
    let out = levels[level(of: edge.source)].around
    let into = levels[level(of: edge.target)].around
    let common = zip(out.reversed(), into.reversed()).prefix { $0 == $1 }.count
    return out.dropLast(common - 1) + into.dropLast(common).reversed()
  }

  private mutating func addTerminals() {
    for edge in diagram.edges {
      let source = Source(box: edge.source, output: edge.output)
      let out = levels[level(of: edge.source)].around
      let into = levels[level(of: edge.target)].around
      for frame in out where !into.contains(frame) && !levels[frame].exits.contains(source) {
        levels[frame].exits.append(source)
      }
      for frame in into where !out.contains(frame) && !levels[frame].entries.contains(source) {
        levels[frame].entries.append(source)
      }
    }
  }

  // MARK: Items

  private mutating func addItem(forBox box: Int, to level: Int) {
    let metrics = metrics[box]
    let isOutput = diagram.boxes[box].kind == .output
    boxItems[box] = levels[level].level.items.count
    levels[level].level.items.append(
      Level.Item(
        width: BoxMetrics.arrowRoom + metrics.width + metrics.labelWidth, height: metrics.height,
        bodyWidth: BoxMetrics.arrowRoom + metrics.width,
        inputs: diagram.boxes[box].inputs.indices.map(metrics.row),
        outputs: diagram.boxes[box].outputs.indices.map(metrics.row),
        place: isOutput ? .last : .anywhere))
  }

  private mutating func addItem(forFrame frame: Int) {
    let contents = levels[frame]
    let outer = diagram.frames[frame].parent ?? outermostIndex
    let width = max(contents.layout.width, titleWidth(of: frame)) + 2 * Self.padding
    func height(_ item: Int?) -> Double {
      Self.header + (item.map { contents.layout.places[$0].y } ?? 0)
    }
    frameItems[frame] = levels[outer].level.items.count
    levels[outer].level.items.append(
      Level.Item(
        width: width, height: Self.header + contents.layout.height + Self.padding,
        bodyWidth: width, inputs: contents.entries.map { height(contents.entryItems[$0]) },
        outputs: contents.exits.map { height(contents.exitItems[$0]) }))
  }

  private func titleWidth(of frame: Int) -> Double {
    TextWidth.proportional(diagram.frames[frame].title, size: BoxMetrics.titleSize) + 40
  }

  private mutating func addTerminal(_ place: Level.Item.Place, for source: Source, to level: Int) {
    let item = levels[level].level.items.count
    if place == .first {
      levels[level].entryItems[source] = item
    } else {
      levels[level].exitItems[source] = item
    }
    levels[level].level.items.append(
      Level.Item(
        width: 0, height: 0, bodyWidth: 0, inputs: [0], outputs: [0], place: place,
        isTerminal: true))
  }

  /// What an edge is within a level; nil where both its ends are in one of the level's frames.
  private func part(of edge: Diagram.Edge, in level: Int) -> Level.Edge? {
    let source = Source(box: edge.source, output: edge.output)
    guard let start = start(of: source, in: level), let end = end(of: edge, source, in: level),
      start.item != end.item
    else { return nil }
    return Level.Edge(
      source: start.item, output: start.port, target: end.item, input: end.port)
  }

  private func start(of source: Source, in level: Int) -> (item: Int, port: Int)? {
    if self.level(of: source.box) == level { return (boxItems[source.box], source.output) }
    if let item = levels[level].entryItems[source] { return (item, 0) }
    return frame(in: level, around: source.box).flatMap { frame in
      levels[frame].exits.firstIndex(of: source).map { (frameItems[frame], $0) }
    }
  }

  private func end(of edge: Diagram.Edge, _ source: Source, in level: Int) -> (
    item: Int, port: Int
  )? {
    if self.level(of: edge.target) == level { return (boxItems[edge.target], edge.input) }
    if let frame = frame(in: level, around: edge.target) {
      return levels[frame].entries.firstIndex(of: source).map { (frameItems[frame], $0) }
    }
    return levels[level].exitItems[source].map { ($0, 0) }
  }

  /// The frame directly in a level that has a box inside.
  private func frame(in level: Int, around box: Int) -> Int? {
    let around = levels[self.level(of: box)].around
    return around.firstIndex(of: level).flatMap { $0 > 0 ? around[$0 - 1] : nil }
  }
}
