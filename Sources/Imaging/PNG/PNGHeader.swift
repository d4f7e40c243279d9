/// The start of a PNG file.
enum PNGHeader {
  /// The signature, and an IHDR chunk: length, name, thirteen bytes and checksum.
  static let byteCount = 8 + 4 + 4 + 13 + 4

  /// In pixels.
  static func size(
    of bytes: [UInt8]
  ) throws(ImageFileError.Problem) -> (width: Int, height: Int) {
    guard bytes.count >= byteCount, bytes[12..<16].elementsEqual("IHDR".utf8),
      let width = bytes[16...].integer(at: 0, bytes: 4, .bigEndian),
      let height = bytes[16...].integer(at: 4, bytes: 4, .bigEndian)
    else { throw .noHeader(.png) }
    return (width, height)
  }
}
