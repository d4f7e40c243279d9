/// MT19937, the generator behind PyTorch's CPU generator and NumPy's `RandomState`: Matsumoto and Nishimura, "Mersenne Twister:
/// A 623-dimensionally equidistributed uniform pseudorandom number generator" (1998).
struct MersenneTwister {
  private var state: [UInt32]
  private var next: Int

  /// PyTorch seeds it with the low 32 bits of its seed, NumPy with no other seeds than such.
  init(seed: UInt32) {
    state = [UInt32](repeating: seed, count: Self.size)
    for index in 1..<Self.size {
      let last = state[index - 1]
      state[index] = 1_812_433_253 &* (last ^ (last >> 30)) &+ UInt32(index)
    }
    next = Self.size
  }

  mutating func next32() -> UInt32 {
    if next == Self.size { twist() }
    var word = state[next]
    next += 1
    word ^= word >> 11
    word ^= (word << 7) & 0x9d2c_5680
    word ^= (word << 15) & 0xefc6_0000
    return word ^ (word >> 18)
  }

  /// Two words, the first one on top.
  mutating func next64() -> UInt64 {
    let high = next32()
    return UInt64(high) << 32 | UInt64(next32())
  }

  private mutating func twist() {
    for index in 0..<Self.size {
      let joined =
        (state[index] & 0x8000_0000) | (state[(index + 1) % Self.size] & 0x7fff_ffff)
      let mixed = (joined >> 1) ^ (joined & 1 == 0 ? 0 : 0x9908_b0df)
      state[index] = state[(index + 397) % Self.size] ^ mixed
    }
    next = 0
  }

  private static let size = 624
}
