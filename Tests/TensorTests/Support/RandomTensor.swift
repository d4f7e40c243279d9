import Tensor

extension Tensor {
  /// Numbers in -1...1 that depend on the seed alone.
  static func random(_ shape: Shape, seed: UInt64) -> Tensor {
    var generator = SplitMix64(state: seed)
    return Tensor(shape, (0..<shape.count).map { _ in Float.random(in: -1...1, using: &generator) })
  }
}

/// Steele et al. 2014, "Fast splittable pseudorandom number generators".
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
