import Tensor

/// A Brownian motion over noise levels that is the same whatever steps are taken through it, so that a stochastic sampler
/// draws the same picture in more steps.
///
/// Li et al., "Scalable Gradients for Stochastic Differential Equations" (2020), section 4, as torchsde's `BrownianTree` has
/// it, of which the numbers are the same to the bit: an interval is halved until its ends are met, to six digits, and each
/// half's increment comes from the whole's and from noise of the place's own seed.
struct BrownianTree: Sendable {
  /// `[1, h, w, C]`.
  private let shape: Shape
  private let entropy: UInt64
  /// The whole interval with its increment.
  private let root: Interval

  private struct Interval: Sendable {
    let start, end: Double
    /// `[1, h, w, C]`: what the motion adds from the start to the end.
    let increment: Tensor
    var place = Place()

    /// To six digits, as all ends are.
    var middle: Double { rounded(0.5 * (end + start)) }
  }

  /// Where an interval lies in the tree: at which depth, and which of those, counted from the left.
  private struct Place: Sendable {
    var depth = 0, index = 0

    func child(_ side: Int) -> Place { Place(depth: depth + 1, index: 2 * index + side) }
  }

  /// - Parameters:
  ///   - shape: `[1, h, w, C]`.
  ///   - sigmaMin: the smallest level that is asked for.
  ///   - sigmaMax: the largest.
  init(shape: Shape, seed: Int, sigmaMin: Float, sigmaMax: Float) {
    let (low, high) = (Double(sigmaMin), Double(sigmaMax))
    self.shape = shape
    entropy = UInt64(bitPattern: Int64(seed))
    let first = SeedSequence(entropy: entropy, poolSize: Self.poolSize).seeds(1)[0]
    root = Interval(
      start: rounded(low), end: rounded(high),
      increment: Self.noise(first, shape) * Float((high - low).squareRoot()))
  }

  /// Noise of variance one for a step from a level to a smaller one; zeros where they are one. (PyTorch's root, of which it is made, is not always
  /// the nearest number: the last bit of the noise may differ.)
  func noise(from sigma: Float, to next: Float) -> Tensor {
    guard next < sigma else { return Tensor(shape, repeating: 0) }
    // Negative, for the motion is walked backwards.
    let deviation = -(sigma - next).squareRoot()
    return increment(from: sigma, to: next).map { $0 / deviation }
  }

  /// What the motion adds from the smaller level, `next`, to the larger one.
  func increment(from sigma: Float, to next: Float) -> Tensor {
    let (low, high) = (place(of: next), place(of: sigma))
    guard low < high else { return Tensor(shape, repeating: 0) }
    let increments = increments(of: root, from: low, to: high)
    return increments.dropFirst().reduce(increments[0], +)
  }

  /// Where the level lies on the motion, to six digits.
  private func place(of sigma: Float) -> Double {
    rounded(min(max(Double(sigma), root.start), root.end))
  }

  /// The increments, from the left, of the largest intervals of the tree that make up `low...high`.
  private func increments(of interval: Interval, from low: Double, to high: Double) -> [Tensor] {
    if low == interval.start, high == interval.end { return [interval.increment] }
    let (left, right) = halves(of: interval)
    if high <= left.end { return increments(of: left, from: low, to: high) }
    if low >= left.end { return increments(of: right, from: low, to: high) }
    return increments(of: left, from: low, to: left.end)
      + increments(of: right, from: left.end, to: high)
  }

  /// A Brownian bridge: half the increment on the average, and noise.
  private func halves(of interval: Interval) -> (Interval, Interval) {
    let place = interval.place
    let seed = SeedSequence(
      entropy: entropy, spawnKey: [UInt64(place.index), UInt64(place.depth)],
      poolSize: Self.poolSize
    ).seeds(1)[0]
    let (before, after) = (interval.middle - interval.start, interval.end - interval.middle)
    let inverse = 1 / (interval.end - interval.start)
    let deviation = (before * after * inverse).squareRoot()
    let left =
      interval.increment * Float(before) * Float(inverse)
      + Self.noise(seed, shape) * Float(deviation)
    return (
      Interval(
        start: interval.start, end: interval.middle, increment: left, place: place.child(0)),
      Interval(
        start: interval.middle, end: interval.end, increment: interval.increment - left,
        place: place.child(1))
    )
  }

  private static func noise(_ seed: UInt32, _ shape: Shape) -> Tensor {
    var generator = NoiseGenerator(.cpu, seed: Int(seed))
    return generator.noise(shape)
  }

  /// torchsde's default.
  private static let poolSize = 24
}

/// To six digits after the point, by the number's exact value, as Python rounds: the middle between two such numbers is
/// a tie but for its last bit.
private func rounded(_ level: Double) -> Double {
  let scaled = level * 1e6
  let below = scaled.rounded(.down)
  guard scaled - below == 0.5 else { return scaled.rounded() / 1e6 }
  let rest = (-scaled).addingProduct(level, 1e6)
  let nearest = rest == 0 ? scaled.rounded(.toNearestOrEven) : below + (rest > 0 ? 1 : 0)
  return nearest / 1e6
}
