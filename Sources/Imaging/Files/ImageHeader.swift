/// What the file of a picture says before its pixels.
public struct ImageHeader: Hashable, Sendable {
  /// In pixels.
  public let width: Int
  /// In pixels.
  public let height: Int

  /// Reads the first few bytes of a PNG file alone. Throws `ImageFileError`, also for a picture that
  /// goes beyond `ImageLimits`.
  public init(readingFrom path: String) throws {
    try self.init(InputFile.read(path, upTo: Self.byteCount), path: path)
  }

  /// - Parameter bytes: a PNG file, or at least its header.
  init(_ bytes: [UInt8], path: String) throws {
    do {
      (width, height) = try Self.size(bytes)
    } catch {
      throw ImageFileError(file: path, problem: error)
    }
  }

  /// The signature, and an IHDR chunk: length, name, thirteen bytes and checksum.
  private static let byteCount = 8 + 4 + 4 + 13 + 4

  private static func size(
    _ bytes: [UInt8]
  ) throws(ImageFileError.Problem) -> (width: Int, height: Int) {
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.starts(with: FileFormat.pngSignature) else {
      throw .notPNG(format: FileFormat.name(of: bytes))
    }
    guard bytes.count >= byteCount, bytes[12..<16].elementsEqual("IHDR".utf8) else {
      throw .noHeader
    }
    let width = number(in: bytes, at: 16)
    let height = number(in: bytes, at: 20)
    guard width > 0, height > 0 else { throw .noPixels(width: width, height: height) }
    guard max(width, height) <= ImageLimits.side, width * height <= ImageLimits.pixels else {
      throw .tooLarge(width: width, height: height)
    }
    return (width, height)
  }

  private static func number(in bytes: [UInt8], at offset: Int) -> Int {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
