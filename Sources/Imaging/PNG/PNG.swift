import CPNG
import Tensor

/// Encodes PNG files: 8 bits a channel, not interlaced, values rounded to the nearest.
public enum PNG {
  /// An RGB file. The same picture and texts give the same bytes.
  ///
  /// - Parameter text: stored in this order as international texts (`iTXt`), not compressed. A
  ///   keyword has 1 to 79 printable ASCII characters, and spaces only single and between others.
  /// - Throws: `PNGEncodingError`.
  public static func encode(
    _ image: Image, text: [(keyword: String, text: String)] = []
  ) throws -> [UInt8] {
    try encode(image.pixels, width: image.width, height: image.height, channels: 3, text)
  }

  /// A grey file, otherwise as for a picture.
  public static func encode(
    _ mask: Mask, text: [(keyword: String, text: String)] = []
  ) throws -> [UInt8] {
    try encode(mask.values, width: mask.width, height: mask.height, channels: 1, text)
  }

  private static func encode(
    _ values: Tensor, width: Int, height: Int, channels: Int,
    _ texts: [(keyword: String, text: String)]
  ) throws -> [UInt8] {
    for (keyword, text) in texts { try check(keyword, text) }
    var bytes: [UInt8] = []
    do {
      try withUnsafeMutablePointer(to: &bytes) { bytes in
        let file = try PNGFile(easel_png_create(append, bytes))
        for (keyword, text) in texts {
          try file.check(easel_png_add_text(file.pointer, keyword, text))
        }
        let samples = values.withElements { $0.map(sample) }
        try file.check(
          easel_png_write(file.pointer, samples, UInt32(width), UInt32(height), Int32(channels)))
      }
    } catch let failure as PNGFailure {
      throw PNGEncodingError.failed(reason: failure.reason)
    }
    return bytes
  }

  /// What is not a number becomes 0.
  private static func sample(_ value: Float) -> UInt8 {
    value > 0 ? UInt8((min(value, 1) * 255).rounded()) : 0
  }

  private static func check(_ keyword: String, _ text: String) throws {
    let characters = keyword.utf8
    guard 1...79 ~= characters.count, characters.allSatisfy({ 0x20...0x7E ~= $0 }),
      characters.first != 0x20, characters.last != 0x20, !keyword.contains("  ")
    else { throw PNGEncodingError.invalidKeyword(keyword) }
    guard !text.utf8.contains(0) else { throw PNGEncodingError.textWithNUL(keyword: keyword) }
  }
}

/// Appends to the array of bytes that `context` points to.
private func append(
  _ context: UnsafeMutableRawPointer?, _ bytes: UnsafePointer<UInt8>?, _ count: Int
) {
  context?.assumingMemoryBound(to: [UInt8].self)
    .pointee.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
}
