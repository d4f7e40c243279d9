/// NumPy's `SeedSequence`: as many well mixed words as are wanted, from a seed and the place in a tree of
/// generators that spawn others. O'Neill, "Developing a seed_seq Alternative" (2015).
struct SeedSequence {
  private var pool: [UInt32]

  /// - Parameters:
  ///   - path: the numbers of the spawned generators on the way to this one; empty for the first.
  ///   - poolSize: how many words are kept.
  init(entropy: UInt64, path: [UInt64] = [], poolSize: Int = 4) {
    var words = Self.words(entropy)
    if !path.isEmpty {
      words += repeatElement(0, count: max(poolSize - words.count, 0))
      words += path.flatMap(Self.words)
    }
    var hash = Hash(state: 0x43b0_d7e5, multiplier: 0x931e_8875)
    pool = (0..<poolSize).map { hash($0 < words.count ? words[$0] : 0) }
    for source in 0..<poolSize {
      for target in 0..<poolSize where target != source {
        pool[target] = Self.mixed(pool[target], hash(pool[source]))
      }
    }
    for word in words.dropFirst(poolSize) {
      for target in 0..<poolSize { pool[target] = Self.mixed(pool[target], hash(word)) }
    }
  }

  /// The first word that it gives.
  var firstWord: UInt32 {
    var hash = Hash(state: 0x8b51_f9dd, multiplier: 0x58f3_8ded)
    return hash(pool[0])
  }

  /// A number in words of 32 bits, the lowest first.
  private static func words(_ number: UInt64) -> [UInt32] {
    let (low, high) = (UInt32(truncatingIfNeeded: number), UInt32(number >> 32))
    return high == 0 ? [low] : [low, high]
  }

  private static func mixed(_ x: UInt32, _ y: UInt32) -> UInt32 {
    let word = 0xca01_f9dd &* x &- 0x4973_f715 &* y
    return word ^ word >> 16
  }

  /// A hash that is another one each time.
  private struct Hash {
    var state: UInt32
    let multiplier: UInt32

    mutating func callAsFunction(_ word: UInt32) -> UInt32 {
      let mixed = word ^ state
      state &*= multiplier
      let product = mixed &* state
      return product ^ product >> 16
    }
  }
}
