/// Deals items out to layers so that every edge leads to a later one.
///
/// Longest path from the sources (Sugiyama, Tagawa and Toda 1981); then what has more edges behind it
/// than before moves towards those that it feeds, which shortens edges.
struct Layering {
  /// By item.
  private(set) var layers: [Int]
  /// Edges that would close a circle, which checked graphs do not have.
  private(set) var backward: Set<Level.Edge> = []

  init(_ level: Level) {
    layers = Array(repeating: 0, count: level.items.count)
    let order = sorted(level)
    let edges = level.edges.filter { !backward.contains($0) }
    let incoming = Dictionary(grouping: edges, by: \.target)
    let outgoing = Dictionary(grouping: edges, by: \.source)
    for item in order {
      layers[item] = (incoming[item] ?? []).map { layers[$0.source] + 1 }.max() ?? 0
    }
    sendBack(level)
    tighten(order, level, incoming, outgoing)
  }

  /// The items, each behind its sources: by depth first search, without recursion.
  private mutating func sorted(_ level: Level) -> [Int] {
    enum Mark { case new, open, done }
    let outgoing = Dictionary(grouping: level.edges, by: \.source)
    var marks = [Mark](repeating: .new, count: level.items.count)
    var finished: [Int] = []
    for root in level.items.indices where marks[root] == .new {
      var path = [(item: root, next: 0)]
      marks[root] = .open
      while let (item, next) = path.last {
        guard let edges = outgoing[item], next < edges.count else {
          marks[item] = .done
          finished.append(item)
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let target = edges[next].target
        switch marks[target] {
        case .open: backward.insert(edges[next])
        case .new:
          marks[target] = .open
          path.append((target, 0))
        case .done: break
        }
      }
    }
    return finished.reversed()
  }

  private mutating func sendBack(_ level: Level) {
    let last = layers.max() ?? 0
    for item in level.items.indices where level.items[item].place == .last { layers[item] = last }
  }

  private mutating func tighten(
    _ order: [Int], _ level: Level, _ incoming: [Int: [Level.Edge]], _ outgoing: [Int: [Level.Edge]]
  ) {
    for item in order.reversed() where level.items[item].place == .anywhere {
      guard let targets = outgoing[item] else { continue }
      let nearest = targets.map { layers[$0.target] }.min() ?? 0
      // Edges of one output share their way, and so count once.
      if Set(targets.map(\.output)).count >= incoming[item]?.count ?? 0 {
        layers[item] = nearest - 1
      }
    }
  }
}
