/// What a picture's file says before its pixels.
public struct ImageHeader: Hashable, Sendable {
  public let width: Int
  public let height: Int

  /// Reads the first few bytes of a PNG file. Throws `ImageFileError`.
  public init(readingFrom path: String) throws {
    try self.init(File.read(path, upTo: PNGFormat.headerLength), path: path)
  }

  /// - Parameter bytes: a PNG file, or at least its first chunk.
  init(_ bytes: [UInt8], path: String) throws {
    try PNGFormat.requireSignature(bytes, path: path)
    guard bytes.count >= PNGFormat.headerLength, bytes[12..<16].elementsEqual("IHDR".utf8) else {
      throw ImageFileError.broken(path: path, reason: "it has no header")
    }
    func number(at offset: Int) -> Int { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
    width = number(at: 16)
    height = number(at: 20)
    guard width > 0, height > 0 else {
      throw ImageFileError.broken(path: path, reason: "the picture is \(width)x\(height)")
    }
    guard max(width, height) <= ImageLimits.side, width * height <= ImageLimits.pixels else {
      throw ImageFileError.tooLarge(path: path, width: width, height: height)
    }
  }
}

/// What can be seen of a PNG file without decoding it: Portable Network Graphics Specification (W3C,
/// 2003), sections 5.2 and 11.2.2.
enum PNGFormat {
  /// The signature and the first chunk.
  static let headerLength = 8 + 4 + 4 + 13 + 4

  private static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  /// Throws `ImageFileError` where a file does not start as a PNG file does.
  static func requireSignature(_ bytes: [UInt8], path: String) throws {
    guard !bytes.isEmpty else { throw ImageFileError.empty(path: path) }
    guard bytes.starts(with: signature) else {
      throw ImageFileError.notPNG(path: path, format: knownFormat(bytes))
    }
  }

  /// The name of another format that a file starts like.
  private static func knownFormat(_ bytes: [UInt8]) -> String? {
    let starts: [(name: String, offset: Int, magic: [UInt8])] = [
      ("JPEG", 0, [0xff, 0xd8, 0xff]), ("GIF", 0, Array("GIF8".utf8)),
      ("WebP", 8, Array("WEBP".utf8)), ("AVIF", 4, Array("ftypavif".utf8)),
      ("HEIC", 4, Array("ftypheic".utf8)), ("TIFF", 0, [0x49, 0x49, 0x2a, 0x00]),
      ("TIFF", 0, [0x4d, 0x4d, 0x00, 0x2a]), ("BMP", 0, Array("BM".utf8)),
      ("SVG", 0, Array("<svg".utf8)), ("PSD", 0, Array("8BPS".utf8)),
    ]
    return starts.first { bytes.dropFirst($0.offset).starts(with: $0.magic) }?.name
  }
}
