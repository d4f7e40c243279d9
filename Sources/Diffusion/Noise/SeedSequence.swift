/// Seeds out of seeds: NumPy's `SeedSequence`, after Melissa O'Neill's `seed_seq_fe`
/// (<https://www.pcg-random.org/posts/developing-a-seed_seq-alternative.html>).
struct SeedSequence {
  private var pool: [UInt32]

  /// - Parameters:
  ///   - entropy: what it all comes from.
  ///   - spawnKey: tells children of the same entropy apart; empty for the entropy itself.
  ///   - poolSize: how many words the entropy is spread over.
  init(entropy: UInt64, spawnKey: [UInt64] = [], poolSize: Int = 4) {
    var words = Self.words(entropy)
    if !spawnKey.isEmpty, words.count < poolSize {
      words += Array(repeating: 0, count: poolSize - words.count)
    }
    words += spawnKey.flatMap(Self.words)
    var hash = Hash(constant: 0x43b0_d7e5, factor: 0x931e_8875)
    pool = (0..<poolSize).map { hash($0 < words.count ? words[$0] : 0) }
    for source in 0..<poolSize {
      for target in 0..<poolSize where source != target {
        pool[target] = Self.mixed(pool[target], hash(pool[source]))
      }
    }
    for word in words.dropFirst(poolSize) {
      for target in 0..<poolSize { pool[target] = Self.mixed(pool[target], hash(word)) }
    }
  }

  /// So many seeds (`generate_state`).
  func seeds(_ count: Int) -> [UInt32] {
    var hash = Hash(constant: 0x8b51_f9dd, factor: 0x58f3_8ded)
    return (0..<count).map { hash(pool[$0 % pool.count]) }
  }

  /// A multiplicative hash whose constant changes from word to word.
  private struct Hash {
    var constant: UInt32
    let factor: UInt32

    mutating func callAsFunction(_ word: UInt32) -> UInt32 {
      let masked = word ^ constant
      constant &*= factor
      let product = masked &* constant
      return product ^ (product >> 16)
    }
  }

  private static func mixed(_ first: UInt32, _ second: UInt32) -> UInt32 {
    let sum = 0xca01_f9dd &* first &- 0x4973_f715 &* second
    return sum ^ (sum >> 16)
  }

  /// The lowest first; at least one.
  private static func words(_ number: UInt64) -> [UInt32] {
    let (low, high) = (UInt32(truncatingIfNeeded: number), UInt32(number >> 32))
    return high == 0 ? [low] : [low, high]
  }
}
