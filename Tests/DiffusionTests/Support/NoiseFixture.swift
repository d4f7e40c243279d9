import Testing

/// What `Scripts/reference/noise.py` wrote.
struct NoiseFixture: Decodable {
  var draws: [Draws]
  var brownian: [Brownian]
  var made: [Made]

  static let all = try? Fixtures.decode("noise.json", as: NoiseFixture.self)

  /// Draws of a library's generator, one after the other.
  struct Draws: Decodable, CustomTestStringConvertible {
    var library: String
    var seed: Int
    var counts: [Int]
    var hash: String
    var first: Float
    var last: Float

    var testDescription: String { "\(library), seed \(seed), counts \(counts)" }
  }

  /// The increments between some levels, one after the other, for latents of four channels, and the last number
  /// of the last noise.
  struct Brownian: Decodable, CustomTestStringConvertible {
    var seed: Int
    var height: Int
    var width: Int
    var spans: [[Float]]
    var hash: String
    var first: Float
    var last: Float
    var noise: Float

    var testDescription: String { "seed \(seed), \(width)x\(height)" }
  }

  /// `[1, 4, 6, 10]`, made of the noise of a seed and those after it.
  struct Made: Decodable {
    var seed: Int
    var offset: [Double]
    var pyramid: [Double]
    var mixed: [Double]
  }
}

/// The 64-bit hash of Fowler, Noll and Vo over the numbers' bytes.
func fnv1a(_ values: [Float]) -> UInt64 {
  values.withUnsafeBytes { bytes in
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
