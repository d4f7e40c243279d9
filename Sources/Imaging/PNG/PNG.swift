import CPNG

/// Encodes PNG files: 8 bits a channel, not interlaced, values rounded to the nearest.
public enum PNG {
  /// An RGB file. The same picture and texts give the same bytes.
  ///
  /// - Parameter text: stored in this order as international texts (`iTXt`), not compressed. A
  ///   keyword has 1 to 79 printable ASCII characters, and spaces only single and between others.
  /// - Throws: `ImageEncodingError`.
  public static func encode(
    _ image: Image, text: [(keyword: String, text: String)] = []
  ) throws -> [UInt8] {
    try PictureEncoding.png.encode(image, text: text)
  }

  /// A grey file, otherwise as for a picture.
  public static func encode(
    _ mask: Mask, text: [(keyword: String, text: String)] = []
  ) throws -> [UInt8] {
    try PictureEncoding.png.encode(mask, text: text)
  }

  /// Throws `ImageEncodingError`.
  static func encode(
    _ raster: StoredRaster<UInt8>, _ texts: [(keyword: String, text: String)]
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      try withUnsafeMutablePointer(to: &bytes) { bytes in
        let file = try PNGFile(easel_png_create(appendBytes, bytes))
        for (keyword, text) in texts {
          try file.check(easel_png_add_text(file.pointer, keyword, text))
        }
        try file.check(
          easel_png_write(
            file.pointer, raster.samples, UInt32(raster.width), UInt32(raster.height),
            Int32(raster.channels)))
      }
    } catch let failure as CodecFailure {
      throw ImageEncodingError.failed(.png, reason: failure.reason)
    }
    return bytes
  }
}
