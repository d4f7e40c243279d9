import Tensor

/// Finds edges: Canny, "A Computational Approach to Edge Detection" (1986), in whole numbers, as OpenCV's `Canny`
/// does it on pictures of 8 bits; the results are the same pixel by pixel.
public struct Canny: Sendable {
  /// An edge is followed as long as the gradient is above `low`, and needs a pixel above `high`. In the units of
  /// OpenCV: a step from black to white has 1020 with an aperture of 3.
  public var low, high: Double
  /// How wide the filter is that gradients are measured with.
  public var aperture: SobelAperture
  /// How the length of a gradient is measured.
  public var norm: GradientNorm

  /// The thresholds may be in either order.
  public init(
    low: Double = 100, high: Double = 200, aperture: SobelAperture = .three,
    norm: GradientNorm = .sum
  ) {
    (self.low, self.high) = (min(low, high), max(low, high))
    (self.aperture, self.norm) = (aperture, norm)
  }

  /// 1 on edges, 0 elsewhere. Of colours, the channel with the longest gradient counts at each pixel.
  public func edges(of image: Image) -> Mask {
    let gradients = image.eightBits.strongestGradients(aperture, norm)
    return Mask(values: followed(thinned(gradients)))
  }

  /// A threshold in the units of gradients' lengths.
  private func level(_ threshold: Double) -> Int {
    let scaled = max(threshold, 0) * Double(aperture.scale)
    let cut = min(scaled, 32_767)
    return Int(norm == .euclidean ? cut * cut : scaled)
  }

  /// Leaves the ridges of gradients `[H, W, 2]`: `[H, W]`, `certain` above the higher threshold, `possible` above the
  /// lower one, elsewhere 0.
  private func thinned(_ gradients: Tensor) -> Tensor {
    let (height, width) = (gradients.shape[0], gradients.shape[1])
    let (low, high) = (level(low), level(high))
    let norm = norm
    return gradients.parallelRows([height, width]) { source, y, target in
      func lengthAt(_ x: Int, _ y: Int) -> Int {
        guard 0..<width ~= x, 0..<height ~= y else { return 0 }
        let place = source + (y * width + x) * 2
        return norm.length(place[0], place[1])
      }
      for x in 0..<width {
        let own = lengthAt(x, y)
        let place = source + (y * width + x) * 2
        let step = Ridge.step(across: Int(place[0]), Int(place[1]))
        let before = lengthAt(x - step.x, y - step.y)
        let behind = lengthAt(x + step.x, y + step.y)
        let isRidge = own > before && (step.isDiagonal ? own > behind : own >= behind)
        target[x] = own > low && isRidge ? (own > high ? Ridge.certain : Ridge.possible) : 0
      }
    }
  }

  /// Follows ridges from where they are certain, over the eight neighbours of a pixel.
  private func followed(_ ridges: Tensor) -> Tensor {
    let (height, width) = (ridges.shape[0], ridges.shape[1])
    var states = ridges.elements
    var open = states.indices.filter { states[$0] == Ridge.certain }
    while let place = open.popLast() {
      let (y, x) = place.quotientAndRemainder(dividingBy: width)
      for row in max(y - 1, 0)...min(y + 1, height - 1) {
        for column in max(x - 1, 0)...min(x + 1, width - 1)
        where states[row * width + column] == Ridge.possible {
          states[row * width + column] = Ridge.certain
          open.append(row * width + column)
        }
      }
    }
    return Tensor(ridges.shape, states.map { $0 == Ridge.certain ? 1 : 0 })
  }
}

/// What a pixel on the ridge of a gradient is, and where its neighbours across the ridge are.
private enum Ridge {
  static let certain: Float = 1
  static let possible: Float = 0.5

  /// From a pixel to the next one across the edge, for a gradient, by sectors of 45 degrees; the tangents have 15
  /// bits behind the point.
  static func step(across dx: Int, _ dy: Int) -> (x: Int, y: Int, isDiagonal: Bool) {
    let (x, y) = (abs(dx), abs(dy) << 15)
    let flat = x * 13_573  // tan 22.5°
    let steep = flat + x << 16  // tan 67.5° is 2 more
    if y < flat { return (1, 0, false) }
    if y > steep { return (0, 1, false) }
    return ((dx < 0) == (dy < 0) ? 1 : -1, 1, true)
  }
}
