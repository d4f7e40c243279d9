import Glibc

/// The normal numbers of PyTorch's CPU generator, bit for bit: `torch.manual_seed(seed)`, then one
/// `torch.randn` after the other, in f32 on an x86 machine with AVX2.
struct TorchNoise: NormalNumbers {
  private var generator: MersenneTwister
  /// The second half of the last pair that the scalar path drew.
  private var kept: Double?

  /// As `torch.manual_seed(seed)`, of which the low 32 bits count.
  init(seed: Int) {
    generator = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed))
  }

  /// `torch.randn(count)`.
  mutating func normals(_ count: Int) -> [Float] {
    guard count >= Self.block else { return (0..<count).map { _ in Float(scalarNormal()) } }
    var values = (0..<count).map { _ in uniform() }
    for start in stride(from: 0, through: count - Self.block, by: Self.block) {
      boxMuller(&values, at: start)
    }
    if !count.isMultiple(of: Self.block) {
      let last = count - Self.block
      for index in last..<count { values[index] = uniform() }
      boxMuller(&values, at: last)
    }
    return values
  }

  /// Twice pi to the nearest; `Float.pi` is rounded down.
  private static let turn: Float = 6.283185307179586

  /// PyTorch's vector path works on so many values at once, and fewer take the scalar path.
  private static let block = 16

  /// 24 random bits as a number in 0..<1.
  private mutating func uniform() -> Float {
    Float(generator.next32() & 0xff_ffff) * 0x1p-24
  }

  /// Box and Muller's transform of eight pairs of uniform numbers, the first and the second eight.
  private func boxMuller(_ values: inout [Float], at start: Int) {
    for index in start..<start + Self.block / 2 {
      let radius = (-2 * VectorMath.log(1 - values[index])).squareRoot()
      let (sine, cosine) = VectorMath.sineAndCosine(Self.turn * values[index + 8])
      values[index] = radius * cosine
      values[index + 8] = radius * sine
    }
  }

  /// The scalar path: Box and Muller in f64, which keeps the second of each pair for the next call.
  private mutating func scalarNormal() -> Double {
    if let kept {
      self.kept = nil
      return kept
    }
    let (first, second) = (uniform53(), uniform53())
    let radius = (-2 * log1p(-second)).squareRoot()
    let angle = 2 * Double.pi * first
    kept = radius * sin(angle)
    return radius * cos(angle)
  }

  /// 53 random bits as a number in 0..<1.
  private mutating func uniform53() -> Double {
    Double(generator.next64() & (1 << 53 - 1)) * 0x1p-53
  }
}
