import Glibc

/// The normal numbers of NumPy's legacy generator, rounded to f32: `numpy.random.RandomState(seed)`, then one
/// `standard_normal` after the other.
///
/// Marsaglia's polar method over the Mersenne Twister ("A Convenient Method for Generating Normal Variables", 1964);
/// the second number of a pair is kept for the next call.
struct NumPyNormals: NormalStream {
  private var generator: MersenneTwister
  private var kept: Double?

  /// The low 32 bits of the seed count.
  init(seed: Int) { generator = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed)) }

  mutating func normals(_ count: Int) -> [Float] { (0..<count).map { _ in Float(normal()) } }

  private mutating func normal() -> Double {
    if let kept {
      self.kept = nil
      return kept
    }
    while true {
      let (x, y) = (2 * uniform53() - 1, 2 * uniform53() - 1)
      let square = x * x + y * y
      guard square < 1, square > 0 else { continue }
      let factor = (-2 * log(square) / square).squareRoot()
      kept = factor * x
      return factor * y
    }
  }

  /// 53 random bits of two words as a number in 0..<1.
  private mutating func uniform53() -> Double {
    let (high, low) = (generator.next32() >> 5, generator.next32() >> 6)
    return (Double(high) * 0x1p26 + Double(low)) * 0x1p-53
  }
}
