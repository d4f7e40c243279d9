/// The formats of pictures that are read and written.
public enum PictureFormat: String, Hashable, Sendable, CaseIterable {
  case png = "PNG"
  case jpeg = "JPEG"
  case webP = "WebP"

  /// What every PNG file begins with: W3C, "Portable Network Graphics Specification", 5.2.
  static let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// The format that the first bytes of a file show, whatever the file is called.
  init(of bytes: [UInt8]) throws(ImageFileError.Problem) {
    guard !bytes.isEmpty else { throw .empty }
    let name = Self.signatures.first { bytes.dropFirst($0.offset).starts(with: $0.bytes) }?.name
    guard let format = name.flatMap(Self.init) else { throw .unknownFormat(name: name) }
    self = format
  }

  private static let signatures: [(name: String, offset: Int, bytes: [UInt8])] = [
    ("PNG", 0, pngSignature),
    ("JPEG", 0, [0xFF, 0xD8, 0xFF]),
    ("WebP", 8, Array("WEBP".utf8)),
    ("GIF", 0, Array("GIF8".utf8)),
    ("AVIF", 4, Array("ftypavif".utf8)),
    ("HEIC", 4, Array("ftypheic".utf8)),
    ("JPEG XL", 0, [0xFF, 0x0A]),
    ("TIFF", 0, Array("II*\0".utf8)),
    ("TIFF", 0, Array("MM\0*".utf8)),
    ("Photoshop", 0, Array("8BPS".utf8)),
    ("BMP", 0, Array("BM".utf8)),
    ("SVG", 0, Array("<svg".utf8)),
  ]
}
