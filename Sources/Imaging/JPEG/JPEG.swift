import CJPEG

/// Encodes JPEG files: baseline, with Huffman tables made for the picture.
enum JPEG {
  /// From here on colour is kept at the full size (4:4:4), below at half of it (4:2:0).
  static let fullColorQuality = 90

  /// The same picture and texts give the same bytes. Throws `ImageEncodingError`.
  ///
  /// - Parameters:
  ///   - quality: from 1 to 100, as libjpeg counts.
  ///   - text: stored in this order as comments, see `JPEGComments`.
  static func encode(
    _ raster: StoredRaster<UInt8>, quality: Int, text: [(keyword: String, text: String)]
  ) throws -> [UInt8] {
    let file = try encode(raster, quality: quality)
    // Behind the start of the image and the JFIF segment, which has to be the first.
    let start = 4 + (file[2...].integer(at: 2, bytes: 2, .bigEndian) ?? 0)
    return file[..<start] + JPEGComments.segments(of: text) + file[start...]
  }

  private static func encode(_ raster: StoredRaster<UInt8>, quality: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var message = [CChar](repeating: 0, count: EASEL_JPEG_MESSAGE_BYTES)
    let succeeded = raster.samples.withUnsafeBufferPointer { samples in
      var picture = easel_jpeg_picture(
        pixels: samples.baseAddress, width: UInt32(raster.width), height: UInt32(raster.height),
        channels: Int32(raster.channels), quality: Int32(quality),
        halves_color: quality < fullColorQuality ? 1 : 0)
      return withUnsafeMutablePointer(to: &bytes) {
        easel_jpeg_encode(&picture, appendBytes, $0, &message)
      }
    }
    guard succeeded != 0 else {
      let reason = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw ImageEncodingError.failed(.jpeg, reason: String(decoding: reason, as: UTF8.self))
    }
    return bytes
  }
}
