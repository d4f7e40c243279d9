/// The order in which nodes can be checked and run: each behind the nodes that it needs, otherwise
/// as they are listed.
struct DependencyOrder {
  private(set) var order: [Int] = []
  /// The ways around, each node needing the next and the last the first.
  private(set) var cycles: [[Int]] = []

  private enum State {
    case new
    case open
    case done
  }

  /// `needs[i]` are the nodes that node `i` refers to. The walk keeps its own stack, for chains can be
  /// longer than a thread's stack is deep.
  init(needs: [[Int]]) {
    var states = [State](repeating: .new, count: needs.count)
    for start in needs.indices where states[start] == .new {
      var path = [(node: start, next: 0)]
      states[start] = .open
      while let (node, next) = path.last {
        guard next < needs[node].count else {
          states[node] = .done
          order.append(node)
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let needed = needs[node][next]
        switch states[needed] {
        case .new:
          states[needed] = .open
          path.append((needed, 0))
        case .open:
          let start = path.firstIndex { $0.node == needed } ?? 0
          cycles.append(path[start...].map(\.node))
        case .done: break
        }
      }
    }
  }
}
