import CWebP

/// Encodes WebP files.
enum WebP {
  /// Pixels along one side: the format has 14 bits for each.
  static let side = Int(WEBP_MAX_DIMENSION)
  /// The chunk of a text: the keyword, a NUL and the text. The format lets programs add chunks, and
  /// others pass them over.
  static let textChunk = "tEXt"

  /// The same picture and texts give the same bytes. Throws `ImageEncodingError`.
  ///
  /// - Parameters:
  ///   - quality: from 1 to 100, lossy; nil for lossless.
  ///   - text: stored in this order.
  static func encode(
    _ raster: StoredRaster<UInt8>, quality: Int?, text: [(keyword: String, text: String)]
  ) throws -> [UInt8] {
    guard max(raster.width, raster.height) <= side else {
      throw ImageEncodingError.tooLarge(.webP, side: side)
    }
    let file = try encode(raster.inRGB, quality: quality)
    guard !text.isEmpty else { return file }
    let chunks =
      chunk("VP8X", [0, 0, 0, 0] + bytes(raster.width - 1, 3) + bytes(raster.height - 1, 3))
      + file[12...]
      + text.flatMap { chunk(textChunk, Array($0.keyword.utf8) + [0] + Array($0.text.utf8)) }
    return chunk("RIFF", Array("WEBP".utf8) + chunks)
  }

  private static func encode(_ rgb: [UInt8], width: Int, height: Int, quality: Int?) -> [UInt8] {
    let (columns, rows) = (Int32(width), Int32(height))
    var output: UnsafeMutablePointer<UInt8>?
    let count =
      if let quality {
        WebPEncodeRGB(rgb, columns, rows, columns * 3, Float(quality), &output)
      } else {
        WebPEncodeLosslessRGB(rgb, columns, rows, columns * 3, &output)
      }
    defer { WebPFree(output) }
    return Array(UnsafeBufferPointer(start: output, count: count))
  }

  private static func encode(_ raster: StoredRaster<UInt8>, quality: Int?) throws -> [UInt8] {
    let file = encode(
      raster.samples, width: raster.width, height: raster.height, quality: quality)
    guard !file.isEmpty else {
      throw ImageEncodingError.failed(.webP, reason: "libwebp takes it for no picture")
    }
    return file
  }

  private static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
    Array(name.utf8) + bytes(body.count, 4) + body + (body.count.isMultiple(of: 2) ? [] : [0])
  }

  /// Little-endian.
  private static func bytes(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}

extension StoredRaster {
  /// Grey in three equal channels; anything else as it is.
  fileprivate var inRGB: StoredRaster {
    guard colors == .grey else { return self }
    return StoredRaster(
      width: width, height: height, colors: .rgb, samples: samples.flatMap { [$0, $0, $0] })
  }
}
