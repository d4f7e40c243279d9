import CJPEG

/// Decodes JPEG files: baseline, extended and progressive, 8 bits a sample.
struct JPEGDecoder: ~Copyable {
  private let file: OpaquePointer

  /// Throws `CodecFailure`.
  static func picture(_ bytes: [UInt8]) throws -> Picture {
    let segments = try JPEGSegments(bytes)
    let raster = try bytes.withUnsafeBufferPointer { try JPEGDecoder($0).raster() }
    return Picture(
      raster, profile: segments.profile, orientation: segments.orientation,
      text: JPEGComments.texts(in: segments.comments))
  }

  /// - Parameter bytes: must outlive the decoder.
  private init(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard let file = easel_jpeg_open(bytes.baseAddress, bytes.count) else {
      throw CodecFailure.noMemory
    }
    self.file = file
  }

  deinit { easel_jpeg_close(file) }

  /// To be called once.
  private func raster() throws -> StoredRaster<UInt8> {
    var layout = easel_jpeg_layout()
    try check(easel_jpeg_read_layout(file, &layout))
    let count = Int(layout.width) * Int(layout.height) * Int(layout.channels)
    let samples = try [UInt8](unsafeUninitializedCapacity: count) { samples, filled in
      try check(easel_jpeg_read_pixels(file, samples.baseAddress))
      filled = count
    }
    let (width, height) = (Int(layout.width), Int(layout.height))
    switch layout.channels {
    case 1: return StoredRaster(width: width, height: height, colors: .grey, samples: samples)
    case 4:
      // Files of four channels say how much light each ink leaves: Adobe's way, which all follow.
      return StoredRaster(width: width, height: height, colors: .cmyk, samples: samples.map { ~$0 })
    default: return StoredRaster(width: width, height: height, colors: .rgb, samples: samples)
    }
  }

  private func check(_ status: Int32) throws {
    guard status != 0 else { throw CodecFailure(reason: String(cString: easel_jpeg_error(file))) }
  }
}
