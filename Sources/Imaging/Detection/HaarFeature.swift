/// The difference of light between rectangles: the weighted sum of the pixels in each of up to three.
struct HaarFeature: Hashable, Sendable {
  /// A rectangle of a window. A tilted one is turned by 45 degrees about its upper corner: its width goes down to
  /// the right, its height down to the left.
  struct Part: Hashable, Sendable {
    var x, y, width, height: Int
    var weight: Float
  }

  var parts: [Part]
  var isTilted: Bool

  /// Whether all corners lie in a window, so that they can be looked up in the sums over a picture.
  func fits(in window: PixelSize) -> Bool {
    parts.allSatisfy { part in
      guard part.x >= 0, part.y >= 0, part.width >= 0, part.height >= 0 else { return false }
      let down = isTilted ? part.width + part.height : part.height
      return part.x >= (isTilted ? part.height : 0) && part.x + part.width <= window.width
        && part.y + down <= window.height
    }
  }
}

/// A Haar feature as it is looked up in sums over a picture.
struct PlacedHaarFeature: Sendable {
  private var corners: (Corners, Corners, Corners)
  private var weights: SIMD3<Float>

  /// - Parameter sums: `tilted` is needed for tilted features.
  init(_ feature: HaarFeature, in sums: PictureSums) {
    corners = (Corners(), Corners(), Corners())
    weights = SIMD3()
    for (index, part) in feature.parts.prefix(3).enumerated() {
      let place = feature.isTilted ? sums.tiltedCorners(of: part) : sums.corners(of: part)
      switch index {
      case 0: corners.0 = place
      case 1: corners.1 = place
      default: corners.2 = place
      }
      weights[index] = part.weight
    }
  }

  /// In f32, in the order in which OpenCV's `HaarEvaluator` adds.
  func value(_ sums: UnsafeBufferPointer<Int32>, at offset: Int) -> Float {
    var value =
      weights[0] * Float(corners.0.sum(sums, at: offset))
      + weights[1] * Float(corners.1.sum(sums, at: offset))
    if weights[2] != 0 { value += weights[2] * Float(corners.2.sum(sums, at: offset)) }
    return value
  }
}
