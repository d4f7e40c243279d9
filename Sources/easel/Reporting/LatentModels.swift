import Graph

/// Which model each node of a graph works with, as far as that can be told from the graph: a latent looks as
/// its model says.
struct LatentModels {
  private let paths: [NodeID: String]

  /// A node that opens a model has it from its path, others from what they take.
  init(_ graph: CheckedGraph) {
    var paths: [NodeID: String] = [:]
    for node in graph.nodes {
      let sources = node.schema.inputs.flatMap { node.inputs[$0.name]?.references ?? [] }
      paths[node.id] = node.modelPath ?? sources.compactMap { paths[$0.node] }.first
    }
    self.paths = paths
  }

  /// The model of a node; of one that takes nothing from a model, the graph's only one.
  subscript(node: NodeID) -> String? {
    if let path = paths[node] { return path }
    let all = Set(paths.values)
    return all.count == 1 ? all.first : nil
  }
}

extension CheckedNode {
  fileprivate var modelPath: String? {
    let isOpening = schema.outputs.contains { output in
      if case .handle(.model, _) = output.type { true } else { false }
    }
    guard isOpening else { return nil }
    return schema.inputs.compactMap { port in
      if case .constant(.path(let path))? = inputs[port.name] { path.resolved } else { nil }
    }
    .first
  }
}
