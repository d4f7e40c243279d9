import Tensor

/// How elements are weighed when a latent changes its size: PyTorch's `interpolate`, without aligned corners or
/// antialiasing.
public enum LatentFilter: String, Sendable, CaseIterable {
  /// The nearest one alone (`nearest-exact`).
  case nearest
  /// The mean of those that the new one covers.
  case area
  /// By straight lines between two.
  case bilinear
  /// Keys, "Cubic Convolution Interpolation for Digital Image Processing" (1981), with a = -0.75.
  case bicubic
}

extension Tensor {
  /// `[N, H, W, C]` to `[N, height, width, C]`.
  public func interpolated(toHeight height: Int, width: Int, by filter: LatentFilter) -> Tensor {
    weighted(filter.taps(of: shape[1], to: height), period: shape[2] * shape[3])
      .reshaped(to: [shape[0], height, shape[2], shape[3]])
      .weighted(filter.taps(of: shape[2], to: width), period: shape[3], outer: shape[0] * height)
      .reshaped(to: [shape[0], height, width, shape[3]])
  }

  /// Sums along one axis, as a tensor `[outer, taps, period]`.
  /// - Parameters:
  ///   - period: the numbers from one place on the axis to the next.
  ///   - outer: how often the axis is there; nil for once a sample.
  private func weighted(_ taps: [[LatentFilter.Tap]], period: Int, outer: Int? = nil) -> Tensor {
    let outer = outer ?? shape[0]
    let own = shape.count / max(outer, 1)
    return withElements { source in
      Tensor([outer, taps.count, period]) { target in
        for row in 0..<outer * taps.count {
          let (block, place) = row.quotientAndRemainder(dividingBy: taps.count)
          for index in 0..<period {
            target[row * period + index] = taps[place].reduce(0) {
              $0 + source[block * own + $1.index * period + index] * $1.weight
            }
          }
        }
      }
    }
  }
}

extension LatentFilter {
  /// A place of the source, and its part in the result.
  fileprivate struct Tap {
    var index: Int
    var weight: Float
  }

  /// What each new place is made of.
  fileprivate func taps(of count: Int, to newCount: Int) -> [[Tap]] {
    let scale = Double(count) / Double(newCount)
    return (0..<newCount).map { index in
      let middle = (Double(index) + 0.5) * scale
      return switch self {
      case .nearest: [Tap(index: min(Int(middle), count - 1), weight: 1)]
      case .area: Self.covered(index, of: count, newCount)
      case .bilinear: Self.linear(max(middle - 0.5, 0), of: count)
      case .bicubic: Self.cubic(middle - 0.5, of: count)
      }
    }
  }

  private static func covered(_ index: Int, of count: Int, _ newCount: Int) -> [Tap] {
    let end = ((index + 1) * count + newCount - 1) / newCount
    let range = index * count / newCount..<end
    return range.map { Tap(index: $0, weight: 1 / Float(range.count)) }
  }

  private static func linear(_ place: Double, of count: Int) -> [Tap] {
    let low = min(Int(place), count - 1)
    let share = Float(place - Double(low))
    return [
      Tap(index: low, weight: 1 - share), Tap(index: min(low + 1, count - 1), weight: share),
    ]
  }

  private static func cubic(_ place: Double, of count: Int) -> [Tap] {
    let first = place.rounded(.down)
    return (-1...2).map { offset in
      let distance = abs(place - first - Double(offset))
      let index = min(max(Int(first) + offset, 0), count - 1)
      return Tap(index: index, weight: Float(cubicWeight(distance)))
    }
  }

  private static func cubicWeight(_ x: Double) -> Double {
    let a = -0.75
    if x <= 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
  }
}
