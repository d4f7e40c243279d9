/// The trees of a cascade while it is read: their nodes and leaves in one row each.
struct CascadeForest {
  private(set) var nodes: [Cascade.Node] = []
  private(set) var leaves: [Float] = []
  private(set) var stages: [Cascade.Stage] = []

  /// OpenCV lowers each threshold a little, so that rounding fails no window.
  mutating func beginStage(threshold: Float) {
    stages.append(Cascade.Stage(roots: [], threshold: threshold - 1e-5))
  }

  /// Adds a tree to the last stage.
  ///
  /// - Parameter tree: with children as files number them: nodes of the tree from 1 on, and leaves from 0 down.
  mutating func add(
    _ tree: [Cascade.Node], leaves own: [Float]
  ) throws(CascadeError.Problem) {
    guard own.count == tree.count + 1 else {
      throw .invalid(element: "leafValues", expected: "one more than there are nodes")
    }
    let (first, firstLeaf) = (nodes.count, leaves.count)
    for (index, node) in tree.enumerated() {
      var node = node
      // Only forward, so that every way ends at a leaf.
      for child in [node.left, node.right]
      where child > 0 ? !(index + 1..<tree.count).contains(child) : -child >= own.count {
        throw .invalid(element: "internalNodes", expected: "nodes with children further on")
      }
      node.left = node.left > 0 ? first + node.left : ~(firstLeaf - node.left)
      node.right = node.right > 0 ? first + node.right : ~(firstLeaf - node.right)
      nodes.append(node)
    }
    leaves += own
    stages[stages.count - 1].roots.append(first)
  }
}

extension CascadeForest {
  /// The trees of a cascade in the newer format.
  ///
  /// - Parameter categories: 0 for Haar features, 256 for patterns.
  init(_ root: XMLElement, categories: Int) throws(CascadeError.Problem) {
    self.init()
    for stage in try root.list("stages") {
      beginStage(threshold: try stage.float("stageThreshold"))
      for tree in try stage.list("weakClassifiers") {
        let leaves = try tree.floats("leafValues")
        try add(try tree.nodes(categories: categories), leaves: leaves)
      }
    }
  }
}
