import Glibc

/// The normal numbers of PyTorch's generator for NVIDIA's GPUs: `torch.manual_seed(seed)`, then one
/// `torch.randn(..., device="cuda")` after the other.
///
/// Philox 4x32-10 (Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", 2011), with a counter an element, and
/// cuRAND's Box-Muller transform of the first two words. As in AUTOMATIC1111's `rng_philox`, sines and logarithms are exact,
/// where a GPU's are good to about six digits, and there is one thread an element, as where a latent is not larger than the
/// GPU.
struct PhiloxNormals: NormalStream {
  private let key: (UInt32, UInt32)
  /// How many calls there were.
  private var offset: UInt32 = 0

  /// All 64 bits of the seed count.
  init(seed: Int) {
    let bits = UInt64(bitPattern: Int64(seed))
    key = (UInt32(truncatingIfNeeded: bits), UInt32(truncatingIfNeeded: bits >> 32))
  }

  mutating func normals(_ count: Int) -> [Float] {
    defer { offset &+= 1 }
    return (0..<count).map { element in
      let words = Self.words(
        counter: [offset, 0, UInt32(truncatingIfNeeded: element), 0], key: key)
      return Self.normal(words[0], words[1])
    }
  }

  /// The first of the two numbers that a pair of words makes.
  private static func normal(_ first: UInt32, _ second: UInt32) -> Float {
    let uniform = (Double(first) + 0.5) * 0x1p-32
    let angle = (Double(second) + 0.5) * (Double(turn) * 0x1p-32)
    return Float((-2 * log(uniform)).squareRoot() * sin(angle))
  }

  /// Twice pi to the nearest; `Float.pi` is rounded down.
  private static let turn: Float = 6.283185307179586

  /// Ten rounds of the cipher.
  static func words(counter: SIMD4<UInt32>, key: (UInt32, UInt32)) -> SIMD4<UInt32> {
    var (counter, key) = (counter, key)
    for round in 0..<10 {
      if round > 0 { key = (key.0 &+ 0x9e37_79b9, key.1 &+ 0xbb67_ae85) }
      let first = counter[0].multipliedFullWidth(by: 0xd251_1f53)
      let second = counter[2].multipliedFullWidth(by: 0xcd9e_8d57)
      counter = [
        second.high ^ counter[1] ^ key.0, second.low, first.high ^ counter[3] ^ key.1, first.low,
      ]
    }
    return counter
  }
}
