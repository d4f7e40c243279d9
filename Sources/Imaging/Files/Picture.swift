import CPNG
import Tensor

/// What a PNG file holds.
public struct Picture: Sendable {
  /// The colours, not multiplied by their opacity.
  public let image: Image
  /// How opaque each pixel is; nil where the file cannot say.
  public let alpha: Mask?
  /// The text chunks, in the order of the file.
  public let texts: [(keyword: String, text: String)]

  /// Reads a file of any colour type and bit depth, interlaced or not. Throws `ImageFileError`.
  public init(readingFrom path: String) throws {
    try self.init(decoding: File.read(path), path: path)
  }

  /// - Parameter path: the file's name, for errors.
  init(decoding bytes: [UInt8], path: String) throws {
    let size = try ImageHeader(bytes, path: path)
    let hasAlpha = try Self.attempt(path) { message in
      var header = easel_png_header()
      let isRead = easel_png_read_header(bytes, bytes.count, &header, message) == 1
      return isRead ? header.has_alpha != 0 : nil
    }
    let (samples, texts) = try Self.samples(bytes, path: path, count: 4 * size.width * size.height)
    self.texts = texts
    image = Image(
      pixels: Tensor([size.height, size.width, 3]) { pixels in
        for index in 0..<size.width * size.height {
          for channel in 0..<3 {
            pixels[3 * index + channel] = Float(samples[4 * index + channel]) / 65535
          }
        }
      })
    alpha =
      hasAlpha
      ? Mask(
        values: Tensor([size.height, size.width]) { values in
          for index in values.indices { values[index] = Float(samples[4 * index + 3]) / 65535 }
        }) : nil
  }

  /// The pixels as RGBA with 16 bits a channel. A sample of fewer bits is scaled, so that nothing of it
  /// is lost.
  private static func samples(
    _ bytes: [UInt8], path: String, count: Int
  ) throws -> ([UInt16], [(keyword: String, text: String)]) {
    var texts: [(keyword: String, text: String)] = []
    let samples = try attempt(path) { message in
      var isRead = false
      let samples = [UInt16](unsafeUninitializedCapacity: count) { buffer, filled in
        isRead = withUnsafeMutablePointer(to: &texts) { texts in
          easel_png_decode(bytes, bytes.count, buffer.baseAddress, collectText, texts, message) == 1
        }
        filled = isRead ? count : 0
      }
      return isRead ? samples : nil
    }
    return (samples, texts)
  }

  /// Calls libpng; nil from `body` becomes an error with the message that it left.
  private static func attempt<Result>(
    _ path: String, _ body: (UnsafeMutablePointer<CChar>?) -> Result?
  ) throws -> Result {
    var message = [CChar](repeating: 0, count: Int(EASEL_PNG_MESSAGE))
    guard let result = message.withUnsafeMutableBufferPointer({ body($0.baseAddress) }) else {
      throw ImageFileError.broken(path: path, reason: PNG.text(message))
    }
    return result
  }
}

/// Takes a text chunk into the list that `context` points to.
private func collectText(
  _ context: UnsafeMutableRawPointer?, _ keyword: UnsafePointer<CChar>?, _ text: UnsafePointer<CChar>?
) {
  guard let context, let keyword, let text else { return }
  context.assumingMemoryBound(to: [(keyword: String, text: String)].self)
    .pointee.append((String(cString: keyword), String(cString: text)))
}
