import CPNG
import Tensor

/// PNG files out: 8 bits a channel, not interlaced.
public enum PNG {
  /// A text that cannot stand in a PNG file, or no memory.
  public struct EncodingFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public var reason: String
    public var description: String { "the picture cannot be written as PNG: \(reason)" }
  }

  /// An RGB file. The same picture and texts give the same bytes.
  ///
  /// - Parameter texts: keywords of 1 to 79 Latin characters, each with its text, which is written as
  ///   UTF-8. Neither may contain a NUL.
  /// - Throws: `EncodingFailure`.
  public static func encode(
    _ image: Image, text texts: [(keyword: String, text: String)] = []
  ) throws -> [UInt8] {
    try encode(image.pixels, width: image.width, height: image.height, channels: 3, texts)
  }

  /// A grey file, otherwise as for a picture.
  public static func encode(
    _ mask: Mask, text texts: [(keyword: String, text: String)] = []
  ) throws -> [UInt8] {
    try encode(mask.values, width: mask.width, height: mask.height, channels: 1, texts)
  }

  private static func encode(
    _ values: Tensor, width: Int, height: Int, channels: Int,
    _ texts: [(keyword: String, text: String)]
  ) throws -> [UInt8] {
    let samples = values.withElements { $0.map(sample) }
    var bytes: [UInt8] = []
    var message = [CChar](repeating: 0, count: Int(EASEL_PNG_MESSAGE))
    let isWritten = withCTexts(texts) { texts in
      withUnsafeMutablePointer(to: &bytes) { bytes in
        easel_png_encode(
          samples, UInt32(width), UInt32(height), Int32(channels), texts.baseAddress,
          Int32(texts.count), collectBytes, bytes, &message)
      }
    }
    guard isWritten == 1 else { throw EncodingFailure(reason: text(message)) }
    return bytes
  }

  /// A value from 0 to 1 in 8 bits, rounded to the nearest; what is no number becomes 0.
  private static func sample(_ value: Float) -> UInt8 {
    value > 0 ? UInt8(min((value * 255).rounded(), 255)) : 0
  }

  /// The text of a C string in an array.
  static func text(_ message: [CChar]) -> String {
    String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func withCTexts<Result>(
    _ texts: [(keyword: String, text: String)],
    _ body: (UnsafeBufferPointer<easel_png_text>) -> Result
  ) -> Result {
    let strings = texts.map { (Array($0.keyword.utf8CString), Array($0.text.utf8CString)) }
    func convert(_ rest: ArraySlice<([CChar], [CChar])>, _ done: [easel_png_text]) -> Result {
      guard let first = rest.first else { return done.withUnsafeBufferPointer(body) }
      return first.0.withUnsafeBufferPointer { keyword in
        first.1.withUnsafeBufferPointer { text in
          let next = easel_png_text(keyword: keyword.baseAddress, text: text.baseAddress)
          return convert(rest.dropFirst(), done + [next])
        }
      }
    }
    return convert(strings[...], [])
  }
}

/// Appends to the array that `context` points to.
private func collectBytes(
  _ context: UnsafeMutableRawPointer?, _ bytes: UnsafePointer<UInt8>?, _ count: Int
) {
  context?.assumingMemoryBound(to: [UInt8].self)
    .pointee.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
}
