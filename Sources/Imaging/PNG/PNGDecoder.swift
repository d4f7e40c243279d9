import CPNG

/// Decodes PNG files of any colour type and bit depth, interlaced or not.
struct PNGDecoder: ~Copyable {
  private let file: PNGFile
  private let layout: easel_png_layout

  /// Throws `CodecFailure`.
  static func picture(_ bytes: [UInt8]) throws -> Picture {
    try bytes.withUnsafeBufferPointer { bytes in
      let decoder = try PNGDecoder(bytes)
      return decoder.layout.bytes_per_sample == 1
        ? try decoder.picture(of: UInt8.self) : try decoder.picture(of: UInt16.self)
    }
  }

  /// Reads what stands before the pixels.
  ///
  /// - Parameter bytes: must outlive the decoder.
  private init(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    let file = try PNGFile(easel_png_open(bytes.baseAddress, bytes.count))
    var layout = easel_png_layout()
    try file.check(easel_png_read_layout(file.pointer, &layout))
    self.file = file
    self.layout = layout
  }

  /// Reads the rest of the file; to be called once.
  private func picture<Sample>(of type: Sample.Type) throws -> Picture
  where Sample: FixedWidthInteger & UnsignedInteger & Sendable {
    let channels = Int(layout.channels)
    let (width, height) = (Int(layout.width), Int(layout.height))
    let count = width * height * channels
    let samples = try [Sample](unsafeUninitializedCapacity: count) { samples, filled in
      try file.check(
        easel_png_read_pixels(
          file.pointer,
          UnsafeMutableRawPointer(samples.baseAddress)?.assumingMemoryBound(to: UInt8.self)))
      filled = count
    }
    let raster = StoredRaster(
      width: width, height: height, colors: channels < 3 ? .grey : .rgb,
      hasAlpha: channels.isMultiple(of: 2), samples: samples)
    return Picture(raster, profile: profile, text: texts)
  }

  private var profile: [UInt8]? {
    var count = 0
    guard let bytes = easel_png_profile(file.pointer, &count) else { return nil }
    return Array(UnsafeBufferPointer(start: bytes, count: count))
  }

  /// The texts that were met so far.
  private var texts: [(keyword: String, text: String)] {
    (0..<easel_png_text_count(file.pointer)).map { index in
      let text = easel_png_text_at(file.pointer, index)
      return (
        String(latin1: text.keyword),
        text.is_utf8 != 0 ? String(cString: text.text) : String(latin1: text.text)
      )
    }
  }
}

extension String {
  /// A C string in ISO 8859-1, whose codes are those of Unicode's scalars.
  fileprivate init(latin1 start: UnsafePointer<CChar>) {
    self.init(
      String.UnicodeScalarView(
        sequence(state: start) { next in
          defer { next += 1 }
          return next.pointee == 0 ? nil : Unicode.Scalar(UInt8(bitPattern: next.pointee))
        }))
  }
}
