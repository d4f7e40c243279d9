extension Cascade {
  /// The format of `opencv_haartraining`: each node holds its feature, and its children are nodes or values.
  /// OpenCV's `haar_cvt::convert`.
  init(older root: XMLElement) throws(CascadeError.Problem) {
    guard let size = root["size"] else { throw .missing(element: "size") }
    let sides = try size.record(2, in: "size").map(\.whole)
    var (forest, features): (CascadeForest, [HaarFeature]) = (.init(), [])
    for stage in try root.list("stages") {
      forest.beginStage(threshold: try stage.float("stage_threshold"))
      for tree in try stage.list("trees") {
        var (nodes, leaves): ([Node], [Float]) = ([], [])
        for node in tree.children {
          guard let feature = node["feature"] else { throw .missing(element: "feature") }
          nodes.append(
            Node(
              feature: features.count, threshold: try node.float("threshold"),
              left: try node.child("left", &leaves), right: try node.child("right", &leaves)))
          features.append(try feature.haarFeature)
        }
        try forest.add(nodes, leaves: leaves)
      }
    }
    window = PixelSize(width: sides[0], height: sides[1])
    (nodes, leaves, stages) = (forest.nodes, forest.leaves, forest.stages)
    self.features = .haar(features)
    try verify()
  }
}

extension XMLElement {
  /// A child of a node: another node's number in the tree, or a value, which becomes a leaf.
  fileprivate func child(
    _ side: String, _ leaves: inout [Float]
  ) throws(CascadeError.Problem) -> Int {
    guard self["\(side)_val"] != nil else { return try integer("\(side)_node") }
    leaves.append(try float("\(side)_val"))
    return 1 - leaves.count
  }
}
