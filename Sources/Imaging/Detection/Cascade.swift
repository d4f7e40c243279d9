/// A classifier that finds things of one kind, such as faces, by their light and dark parts: a window is given up at
/// the first of many stages that it does not pass.
///
/// Viola and Jones, "Rapid object detection using a boosted cascade of simple features" (2001); Lienhart and Maydt,
/// "An extended set of Haar-like features for rapid object detection" (2002), for tilted features; Liao et al.,
/// "Learning multi-scale block local binary patterns for face recognition" (2007). Windows, scales and groups are
/// those of OpenCV's `CascadeClassifier::detectMultiScale`, so that the same rectangles come out.
public struct Cascade: Sendable {
  /// What the nodes of the trees look at.
  enum Features: Sendable {
    case haar([HaarFeature])
    case patterns([PatternFeature])
  }

  /// A node of a tree. Of both children, one at 0 or above is another node; one below is a leaf, by its complement.
  struct Node: Hashable, Sendable {
    /// Its place among the features.
    var feature: Int
    /// Haar features below it go left.
    var threshold: Float = 0
    /// The patterns that go left, a bit for each of 256.
    var patterns: PatternSet = PatternSet()
    var left, right: Int
  }

  /// Trees whose leaves' sum must reach a threshold.
  struct Stage: Hashable, Sendable {
    /// The first node of each tree.
    var roots: [Int]
    var threshold: Float
  }

  /// In pixels, at the smallest scale.
  let window: PixelSize
  let features: Features
  let nodes: [Node]
  let leaves: [Float]
  let stages: [Stage]
}

/// Of the 256 local binary patterns, those that a node sends to the left.
struct PatternSet: Hashable, Sendable {
  /// Pattern n is bit n % 64 of word n / 64.
  var words = SIMD4<UInt64>()

  func contains(_ pattern: Int) -> Bool { words[pattern >> 6] >> UInt64(pattern & 63) & 1 == 1 }
}
