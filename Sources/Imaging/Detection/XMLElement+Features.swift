extension XMLElement {
  /// All features of a cascade of Haar features.
  var haarFeatures: [HaarFeature] {
    get throws(CascadeError.Problem) {
      var features: [HaarFeature] = []
      for feature in try list("features") { features.append(try feature.haarFeature) }
      return features
    }
  }

  /// A feature of either format.
  var haarFeature: HaarFeature {
    get throws(CascadeError.Problem) {
      var parts: [HaarFeature.Part] = []
      for part in try list("rects") {
        let numbers = try part.record(5, in: "rects")
        parts.append(
          .init(
            x: numbers[0].whole, y: numbers[1].whole, width: numbers[2].whole,
            height: numbers[3].whole, weight: numbers[4].value))
      }
      guard (1...3).contains(parts.count) else {
        throw .invalid(element: "rects", expected: "one to three rectangles")
      }
      return HaarFeature(
        parts: parts, isTilted: self["tilted"] == nil ? false : try integer("tilted") != 0)
    }
  }

  /// All features of a cascade of local binary patterns.
  var patternFeatures: [PatternFeature] {
    get throws(CascadeError.Problem) {
      var features: [PatternFeature] = []
      for feature in try list("features") {
        guard let rectangle = feature["rect"] else { throw .missing(element: "rect") }
        let numbers = try rectangle.record(4, in: "rect").map(\.whole)
        features.append(
          PatternFeature(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3]))
      }
      return features
    }
  }

  /// The nodes of a tree: both children, the feature, then a threshold, or the patterns as words of 32 bits.
  func nodes(categories: Int) throws(CascadeError.Problem) -> [Cascade.Node] {
    guard let child = self["internalNodes"] else { throw .missing(element: "internalNodes") }
    let length = categories > 0 ? 3 + categories / 32 : 4
    guard let numbers = child.numbers, !numbers.isEmpty, numbers.count.isMultiple(of: length),
      numbers.allSatisfy({ abs($0) < 0x1p32 })
    else { throw .invalid(element: "internalNodes", expected: "nodes of \(length) numbers") }
    return stride(from: 0, to: numbers.count, by: length).map { start in
      let node = numbers[start..<start + length].map { $0 }
      return Cascade.Node(
        feature: Int(node[2]), threshold: categories > 0 ? 0 : Float(node[3]),
        patterns: categories > 0 ? PatternSet(halves: node.dropFirst(3)) : PatternSet(),
        left: Int(node[0]), right: Int(node[1]))
    }
  }
}

extension PatternSet {
  /// Of eight signed words of 32 bits.
  fileprivate init(halves: some Collection<Double>) {
    for (index, half) in halves.enumerated() {
      let bits = UInt64(UInt32(truncatingIfNeeded: Int(half)))
      words[index / 2] |= bits << UInt64(32 * (index % 2))
    }
  }
}
