import Glibc

/// The normal numbers of PyTorch's CUDA generator, `torch.cuda.manual_seed(seed)` and one `torch.randn` after
/// the other, for as many as a GPU has threads (a quarter of a million on large ones): a thread for each
/// number, the first of the four that it could make.
///
/// Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3" (2011): Philox4x32-10. The transform to normal
/// numbers is cuRAND's, in f64 and rounded once, as AUTOMATIC1111's `rng_philox` computes it; a GPU may differ in
/// the last bits.
struct PhiloxNoise: NormalNumbers {
  private let key: SIMD2<UInt32>
  /// How many draws there were.
  private var offset: UInt32 = 0

  init(seed: Int) {
    let bits = UInt64(bitPattern: Int64(seed))
    key = [UInt32(truncatingIfNeeded: bits), UInt32(truncatingIfNeeded: bits >> 32)]
  }

  mutating func normals(_ count: Int) -> [Float] {
    defer { offset &+= 1 }
    return (0..<count).map { index in
      let words = philox4x32([offset, 0, UInt32(truncatingIfNeeded: index), 0], key: key)
      return Self.normal(words[0], words[1])
    }
  }

  /// Box and Muller's transform, of which the sine is taken.
  private static func normal(_ first: UInt32, _ second: UInt32) -> Float {
    let u = Double(first) * unit + unit / 2
    let angle = Double(second) * turn + turn / 2
    return Float((-2 * log(u)).squareRoot() * sin(angle))
  }

  /// cuRAND's constants are f32: 2^-32, and that of a whole turn.
  private static let unit = Double(Float(2.3283064e-10))
  private static let turn = Double(Float(2.3283064e-10 * 6.2831855))
}

/// Ten rounds of Philox with four words.
private func philox4x32(_ counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
  var (counter, key) = (counter, key)
  for round in 0..<10 {
    if round > 0 { key &+= [0x9e37_79b9, 0xbb67_ae85] }
    let (high0, low0) = (0xd251_1f53 as UInt32).multipliedFullWidth(by: counter[0])
    let (high1, low1) = (0xcd9e_8d57 as UInt32).multipliedFullWidth(by: counter[2])
    counter = [high1 ^ counter[1] ^ key[0], low1, high0 ^ counter[3] ^ key[1], low0]
  }
  return counter
}
