@testable import Graph

/// A generator that gives the same numbers for the same seed (SplitMix64, Steele, Lea and Flood 2014).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension Diagram {
  /// A diagram whose edges lead to later boxes only, and whose frames are runs of boxes, one in the
  /// other.
  static func random(boxes count: Int, seed: UInt64) -> Diagram {
    var generator = SeededGenerator(state: seed)
    var diagram = Diagram(title: "Random", boxes: [], frames: [], edges: [])
    var frame: Int?
    for index in 0..<count {
      switch Int.random(in: 0..<12, using: &generator) {
      case 0 where diagram.depth(of: frame) < 3:
        diagram.frames.append(Frame(name: "frame-\(index)", count: 1, parent: frame))
        frame = diagram.frames.count - 1
      case 1...2: frame = frame.flatMap { diagram.frames[$0].parent }
      default: break
      }
      diagram.boxes.append(.random(index, in: frame, using: &generator))
      diagram.connect(index, using: &generator)
    }
    return diagram
  }

  private func depth(of frame: Int?) -> Int {
    frame.map { 1 + depth(of: frames[$0].parent) } ?? 0
  }

  private mutating func connect(_ target: Int, using generator: inout SeededGenerator) {
    var known: Set<Edge> = []
    for input in boxes[target].inputs.indices {
      for _ in 0..<Int.random(in: 1...2, using: &generator) {
        let nearby = max(0, target - (Bool.random(using: &generator) ? 6 : target))
        guard target > 0 else { return }
        let source = Int.random(in: nearby..<target, using: &generator)
        guard let output = boxes[source].outputs.indices.randomElement(using: &generator) else {
          continue
        }
        let edge = Edge(source: source, output: output, target: target, input: input)
        if known.insert(edge).inserted { edges.append(edge) }
      }
    }
  }
}

extension Diagram.Box {
  fileprivate static func random(
    _ index: Int, in frame: Int?, using generator: inout SeededGenerator
  ) -> Diagram.Box {
    var box = Diagram.Box(kind: .node, name: "node-\(index)", subtitle: "kind")
    box.nodes = (0..<Int.random(in: 1...2, using: &generator)).map {
      NodeID("node-\(index)[\($0)]")
    }
    box.inputs = (0..<Int.random(in: 0...4, using: &generator)).map { "input-\($0)" }
    box.outputs = (0..<Int.random(in: 0...3, using: &generator)).map {
      Diagram.Port(name: "output-\($0)", type: .image(Extent(width: 512, height: 512 * $0)))
    }
    box.frame = frame
    return box
  }
}
