/// The frames around nodes, with how often each is used.
struct FrameTable {
  private(set) var frames: [Diagram.Frame] = []
  private var index: [String: Int] = [:]
  /// By frame: the names with numbers, such as `fix[1]` and `fix[2]` of `fix`.
  private var uses: [Set<String>] = []

  init(_ nodes: [CheckedNode]) {
    for node in nodes { add(node) }
    for frame in frames.indices { frames[frame].count = uses[frame].count }
  }

  private mutating func add(_ node: CheckedNode) {
    let plain = (node.element?.group ?? node.id).path.split(separator: "/").dropLast()
    let numbered = node.id.path.split(separator: "/")
    var parent: Int?
    for (depth, part) in plain.enumerated() {
      let name = parent.map { "\(frames[$0].name)/\(part)" } ?? String(part)
      let frame = index[name] ?? frames.count
      if frame == frames.count {
        index[name] = frame
        frames.append(Diagram.Frame(name: name, count: 1, parent: parent))
        uses.append([])
      }
      uses[frame].insert(numbered.prefix(depth + 1).joined(separator: "/"))
      parent = frame
    }
  }
}
