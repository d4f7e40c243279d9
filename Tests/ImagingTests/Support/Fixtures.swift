import Foundation
import Tensor
import Testing

@testable import Imaging

/// What `Scripts/reference/images.py` and `photos.py` have written.
enum Fixtures {
  static func path(_ name: String) throws -> String {
    try #require(Bundle.module.resourcePath) + "/Fixtures/" + name
  }

  static func bytes(_ name: String) throws -> [UInt8] { try InputFile.read(path(name)) }

  /// The names of the files that Pillow has read too.
  static func photos() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path("photos/read")).sorted()
      .filter { !$0.hasSuffix(".expected.png") }
  }

  /// What a PNG file holds, as integers up to `maximum`.
  struct Expected: Decodable {
    var width: Int
    var height: Int
    var maximum: Float
    var rgb: [Float]
    var alpha: [Float]?
    var text: [[String]]
  }

  static func expectedPictures() throws -> [String: Expected] {
    let data = try Data(bytes("pictures/expected.json"))
    return try JSONDecoder().decode([String: Expected].self, from: data)
  }
}

/// Hands out the path of an empty folder, and removes it with all that it holds afterwards.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
  let path =
    FileManager.default.temporaryDirectory.path + "/easel-test-\(UInt64.random(in: 0 ... .max))"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  defer { try? FileManager.default.removeItem(atPath: path) }
  try body(path)
}

/// The sentence that `body` throws.
func message<Failure: Error>(
  of type: Failure.Type, _ body: () throws -> Void
) throws -> String {
  "\(try #require(throws: type, performing: body))"
}

/// The largest difference of two tensors' elements; infinite for other shapes.
func largestDifference(_ a: Tensor, _ b: Tensor) -> Float {
  guard a.shape == b.shape else { return .infinity }
  return zip(a.elements, b.elements).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

extension Image {
  /// Values that look random, multiples of 1/256, the same for a seed.
  static func noise(width: Int, height: Int, seed: UInt64) -> Image {
    var random = SplitMix(state: seed)
    return Image(
      pixels: Tensor([height, width, 3], (0..<height * width * 3).map { _ in random.value() }))
  }
}

extension Mask {
  /// Values that look random, multiples of 1/256, the same for a seed.
  static func noise(width: Int, height: Int, seed: UInt64) -> Mask {
    var random = SplitMix(state: seed)
    return Mask(values: Tensor([height, width], (0..<height * width).map { _ in random.value() }))
  }
}

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// From 0 to 1, a multiple of 1/256: sums and differences of two are exact.
  mutating func value() -> Float { Float(next() % 257) / 256 }
}
