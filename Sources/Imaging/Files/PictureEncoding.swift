/// How a picture becomes a file.
public enum PictureEncoding: Hashable, Sendable {
  case png
  /// Lossy. Quality from 1 to 100; from 90 on colour is kept at the full size.
  case jpeg(quality: Int)
  /// Lossy. Quality from 1 to 100.
  case webP(quality: Int)
  case losslessWebP

  /// Without the dot.
  public var fileExtension: String {
    switch self {
    case .png: "png"
    case .jpeg: "jpg"
    case .webP, .losslessWebP: "webp"
    }
  }

  /// A file of 8 bits a channel, values rounded to the nearest. The same picture and texts give the
  /// same bytes. Throws `ImageEncodingError`.
  ///
  /// - Parameter text: stored in this order. A keyword has 1 to 79 printable ASCII characters, and
  ///   spaces only single and between others.
  public func encode(
    _ image: Image, text: [(keyword: String, text: String)] = []
  ) throws -> [UInt8] {
    try encode(StoredRaster(image), text)
  }

  /// A grey file, otherwise as for a picture.
  public func encode(
    _ mask: Mask, text: [(keyword: String, text: String)] = []
  ) throws -> [UInt8] {
    try encode(StoredRaster(mask), text)
  }

  private func encode(
    _ raster: StoredRaster<UInt8>, _ text: [(keyword: String, text: String)]
  ) throws -> [UInt8] {
    try ImageEncodingError.check(text)
    return switch self {
    case .png: try PNG.encode(raster, text)
    case .jpeg(let quality): try JPEG.encode(raster, quality: quality, text: text)
    case .webP(let quality): try WebP.encode(raster, quality: quality, text: text)
    case .losslessWebP: try WebP.encode(raster, quality: nil, text: text)
    }
  }
}

/// Appends to the array of bytes that `context` points to; what the C encoders are given.
func appendBytes(
  _ context: UnsafeMutableRawPointer?, _ bytes: UnsafePointer<UInt8>?, _ count: Int
) {
  context?.assumingMemoryBound(to: [UInt8].self)
    .pointee.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
}
