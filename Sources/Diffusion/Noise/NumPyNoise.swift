import Glibc

/// The normal numbers of NumPy's `RandomState(seed).standard_normal`, rounded to f32, bit for bit: Marsaglia and
/// Bray, "A Convenient Method for Generating Normal Variables" (1964).
struct NumPyNoise: NormalNumbers {
  private var generator: MersenneTwister
  /// The second of the last pair.
  private var kept: Double?

  /// NumPy takes no seeds beyond 32 bits; of others the low 32 count.
  init(seed: Int) {
    generator = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed))
  }

  mutating func normals(_ count: Int) -> [Float] {
    (0..<count).map { _ in Float(normal()) }
  }

  private mutating func normal() -> Double {
    if let kept {
      self.kept = nil
      return kept
    }
    var (x, y, square) = (0.0, 0.0, 0.0)
    repeat {
      (x, y) = (2 * uniform() - 1, 2 * uniform() - 1)
      square = x * x + y * y
    } while square >= 1 || square == 0
    let factor = (-2 * log(square) / square).squareRoot()
    kept = factor * x
    return factor * y
  }

  /// 53 random bits as a number in 0..<1.
  private mutating func uniform() -> Double {
    let (high, low) = (generator.next32() >> 5, generator.next32() >> 6)
    return (Double(high) * 0x1p26 + Double(low)) * 0x1p-53
  }
}
