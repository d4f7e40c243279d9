import CWebP

/// Decodes still WebP files, lossy and lossless, with and without opacity.
enum WebPDecoder {
  /// Throws `CodecFailure`.
  static func picture(_ bytes: [UInt8]) throws -> Picture {
    let file = try WebPFile(bytes)
    guard let length = bytes[...].integer(at: 4, bytes: 4, .littleEndian),
      length + 8 <= bytes.count
    else { throw CodecFailure(reason: "the file ends too early") }
    return Picture(
      try raster(bytes, hasAlpha: file.hasAlpha), profile: file.profile,
      orientation: file.orientation, text: file.texts)
  }

  private static func raster(_ bytes: [UInt8], hasAlpha: Bool) throws -> StoredRaster<UInt8> {
    var config = WebPDecoderConfig()
    guard WebPInitDecoderConfig(&config) != 0 else { throw CodecFailure.noMemory }
    defer { WebPFreeDecBuffer(&config.output) }
    config.output.colorspace = hasAlpha ? MODE_RGBA : MODE_RGB
    try check(WebPDecode(bytes, bytes.count, &config))
    // libwebp lays rows out without gaps unless it is given memory.
    let buffer = config.output.u.RGBA
    return StoredRaster(
      width: Int(config.output.width), height: Int(config.output.height), colors: .rgb,
      hasAlpha: hasAlpha,
      samples: Array(UnsafeBufferPointer(start: buffer.rgba, count: buffer.size))
    )
  }

  private static func check(_ status: VP8StatusCode) throws {
    switch status {
    case VP8_STATUS_OK: return
    case VP8_STATUS_OUT_OF_MEMORY: throw CodecFailure.noMemory
    case VP8_STATUS_SUSPENDED, VP8_STATUS_NOT_ENOUGH_DATA:
      throw CodecFailure(reason: "the file ends too early")
    default: throw CodecFailure(reason: "its pixels are damaged")
    }
  }
}
