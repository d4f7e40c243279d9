import Graph

/// All that a node's static key is made of, in a form that people can be told of.
///
/// Two nodes whose descriptions are alike, and whose producers' are, have the same key, and the other
/// way round: see `GraphDescription.differences`.
struct NodeDescription: Hashable, Sendable {
  struct Input: Hashable, Sendable {
    var port: String
    var component: Component
  }

  var id: NodeID
  /// Of a node that `each` made: the name that all elements share.
  var group: NodeID?
  /// The kind of node, such as `sample`.
  var uses: String
  var version: Int
  /// The names of its outputs, which are part of the key.
  var outputs: [String]
  /// In the order of the ports; without those that do not affect the result and those left out.
  var inputs: [Input]
  /// The static key; nil where a file is not known before the run.
  var key: Hash256?
  /// Whether a run is known to have had its result.
  var hasResult: Bool
}

/// One thing that goes into a key.
indirect enum Component: Hashable, Sendable {
  case constant(Constant)
  case file(digest: Hash256, path: String)
  /// A constant list.
  case constants([Component])
  case output(OutputReference)
  case computed(Formula)
  /// A list of what comes from different places.
  case gathered([Component])
  case choice(Formula, then: Component, otherwise: Component?)

  struct Constant: Hashable, Sendable {
    /// As it enters the key, or a digest of that where it is long.
    var canonical: String
    /// As its author would write it, cut where it is long.
    var display: String
    var isText: Bool
  }

  struct Formula: Hashable, Sendable {
    /// As it enters the key, or a digest of that where it is long.
    var canonical: String
    var references: [OutputReference]
  }
}

/// The descriptions of all nodes that a run's outputs may depend on.
struct GraphDescription: Sendable {
  /// How keys are made.
  var keyVersion: Int
  var numericMode: String
  /// Each behind those that it takes something from.
  let nodes: [NodeDescription]
  private let positions: [NodeID: Int]
  private let keys: Set<Hash256>

  init(keyVersion: Int, numericMode: String, nodes: [NodeDescription]) {
    self.keyVersion = keyVersion
    self.numericMode = numericMode
    self.nodes = nodes
    positions = Dictionary(nodes.enumerated().map { ($1.id, $0) }) { first, _ in first }
    keys = Set(nodes.compactMap(\.key))
  }

  /// Whether a node has the same key as one of another run.
  func hasKey(of node: NodeDescription) -> Bool { node.key.map(keys.contains) ?? false }

  subscript(id: NodeID) -> NodeDescription? { positions[id].map { nodes[$0] } }
}

extension Component {
  /// The outputs of other nodes that it may come from.
  var references: [OutputReference] {
    switch self {
    case .constant, .file: []
    case .constants(let elements), .gathered(let elements): elements.flatMap(\.references)
    case .output(let reference): [reference]
    case .computed(let formula): formula.references
    case .choice(let condition, let first, let second):
      condition.references + first.references + (second?.references ?? [])
    }
  }
}
