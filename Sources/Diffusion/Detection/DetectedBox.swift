/// Where a detector finds something in a picture.
public struct DetectedBox: Hashable, Sendable {
  /// The left and the upper side, in pixels; a box may go beyond the picture.
  public var x, y: Float
  /// In pixels.
  public var width, height: Float
  /// How sure the detector is, from 0 to 1.
  public var score: Float

  /// In pixels.
  public init(x: Float, y: Float, width: Float, height: Float, score: Float) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
    self.score = score
  }

  /// The area that both share, by that of both together: from 0 to 1.
  func overlap(with other: DetectedBox) -> Float {
    let sharedWidth = min(x + width, other.x + other.width) - max(x, other.x)
    let sharedHeight = min(y + height, other.y + other.height) - max(y, other.y)
    guard sharedWidth > 0, sharedHeight > 0 else { return 0 }
    let shared = sharedWidth * sharedHeight
    return shared / (width * height + other.width * other.height - shared)
  }
}

extension [DetectedBox] {
  /// Greedy non-maximum suppression: the best, then each that overlaps none of the better ones by more than `limit`.
  /// The best first; of equal scores the earlier.
  func suppressed(over limit: Float) -> [DetectedBox] {
    let order = indices.sorted {
      (-self[$0].score, $0) < (-self[$1].score, $1)
    }
    return order.reduce(into: []) { kept, index in
      if kept.allSatisfy({ $0.overlap(with: self[index]) <= limit }) { kept.append(self[index]) }
    }
  }
}
