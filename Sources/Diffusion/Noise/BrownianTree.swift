import Tensor

/// A Brownian motion over noise levels that depends on its seed alone, not on which parts of it are asked for:
/// Li et al., "Scalable Gradients for Stochastic Differential Equations" (2020), section 4.
///
/// Its increments equal those of `torchsde.BrownianTree` bit for bit, as k-diffusion's `BrownianTreeNoiseSampler` uses
/// it; its noise does so but for a last bit in which PyTorch's square root may be wrong. Intervals are halved down to a millionth, and the increment over a half comes from that over the whole and a normal number whose
/// generator is seeded by the half's place in the tree.
struct BrownianTree {
  private let root: Interval
  private let entropy: UInt64
  private let library: NoiseLibrary
  private let shape: Shape

  /// A part of the motion.
  private struct Interval {
    let start: Double
    let end: Double
    /// By how much the motion rises over it.
    let increment: Tensor
    /// The number of the interval among those of its depth.
    var place: UInt64 = 0
    var depth: UInt64 = 0
  }

  /// - Parameters:
  ///   - sigmas: the levels of the run; the motion is over all that are not zero.
  ///   - shape: `[1, h, w, C]`.
  init(sigmas: [Float], shape: Shape, seed: Int, library: NoiseLibrary = .cpu) {
    let levels = sigmas.filter { $0 > 0 }.map(Double.init)
    let (start, end) = (levels.min() ?? 0, levels.max() ?? 0)
    (self.shape, self.library, entropy) = (shape, library, UInt64(bitPattern: Int64(seed)))
    let word = SeedSequence(entropy: entropy, poolSize: Self.poolSize).firstWord
    var generator = NoiseGenerator(seed: Int(word), library: library)
    root = Interval(
      start: roundedToMillionths(start), end: roundedToMillionths(end),
      increment: generator.noise(shape) * Float((end - start).squareRoot()))
  }

  /// Noise of variance one for the way down from one level to another. Both are kept within the levels of the run.
  func noise(from sigma: Float, to next: Float) -> Tensor {
    let width = (sigma - next).squareRoot()
    return increment(from: sigma, to: next).map { width > 0 ? $0 / width : 0 }
  }

  /// By how much the motion rises on the way down from one level to another.
  func increment(from sigma: Float, to next: Float) -> Tensor {
    let ends = [next, sigma].map { min(max(roundedToMillionths(Double($0)), root.start), root.end) }
    guard ends[0] < ends[1] else { return Tensor(shape, repeating: 0) }
    var rise: Tensor?
    add(root, from: ends[0], to: ends[1], to: &rise)
    return (rise ?? root.increment) * -1
  }

  /// Adds the increments of the fewest intervals that make up a part of one, from its start on.
  private func add(_ whole: Interval, from start: Double, to end: Double, to sum: inout Tensor?) {
    if start == whole.start, end == whole.end {
      sum = sum.map { $0 + whole.increment } ?? whole.increment
      return
    }
    let (left, right) = halves(of: whole)
    if start < left.end { add(left, from: start, to: min(end, left.end), to: &sum) }
    if end > left.end { add(right, from: max(start, left.end), to: end, to: &sum) }
  }

  private func halves(of whole: Interval) -> (left: Interval, right: Interval) {
    let middle = roundedToMillionths(0.5 * (whole.end + whole.start))
    let (before, after) = (middle - whole.start, whole.end - middle)
    let reciprocal = 1 / (whole.end - whole.start)
    let seeds = SeedSequence(
      entropy: entropy, path: [whole.place, whole.depth], poolSize: Self.poolSize)
    var generator = NoiseGenerator(seed: Int(seeds.firstWord), library: library)
    let deviation = Float((before * after * reciprocal).squareRoot())
    let increment =
      whole.increment * Float(before) * Float(reciprocal) + generator.noise(shape) * deviation
    return (
      Interval(
        start: whole.start, end: middle, increment: increment,
        place: 2 * whole.place, depth: whole.depth + 1),
      Interval(
        start: middle, end: whole.end, increment: whole.increment - increment,
        place: 2 * whole.place + 1, depth: whole.depth + 1)
    )
  }

  private static let poolSize = 24
}

/// To six digits behind the point, as Python's `round` does it: by the exact value of the number, and from the middle
/// to the even neighbour.
private func roundedToMillionths(_ x: Double) -> Double {
  let scaled = x * 1e6
  let below = scaled.rounded(.down)
  // What the product lost in rounding decides where it seems to lie in the middle.
  let above = (scaled - below - 0.5) + (-scaled).addingProduct(x, 1e6)
  if above == 0 { return (below / 2).rounded(.up) * 2 / 1e6 }
  return (above > 0 ? below + 1 : below) / 1e6
}
