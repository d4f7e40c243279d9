import CWebP

/// The container of a WebP file: RFC 9649, "WebP Image Format", 2.
struct WebPFile {
  private var features: WebPBitstreamFeatures
  private var chunks: [(name: String, body: ArraySlice<UInt8>)] = []

  /// Throws for a file that is no still picture.
  init(_ bytes: [UInt8]) throws(ImageFileError.Problem) {
    features = WebPBitstreamFeatures()
    guard bytes.starts(with: "RIFF".utf8),
      WebPGetFeatures(bytes, bytes.count, &features) == VP8_STATUS_OK
    else { throw .noHeader(.webP) }
    guard features.has_animation == 0 else { throw .animated }
    var rest = bytes.dropFirst(12)
    while let chunk = Self.next(in: &rest) { chunks.append(chunk) }
  }

  /// As shown.
  var size: (width: Int, height: Int) {
    let (width, height) = (Int(features.width), Int(features.height))
    return orientation.swapsSides ? (height, width) : (width, height)
  }

  var hasAlpha: Bool { features.has_alpha != 0 }

  var orientation: Orientation { Orientation(exif: body(of: "EXIF")) }

  var profile: [UInt8]? { body(of: "ICCP").map(Array.init) }

  /// The texts in chunks that `WebP` writes.
  var texts: [(keyword: String, text: String)] {
    chunks.filter { $0.name == WebP.textChunk }.compactMap { chunk in
      let parts = chunk.body.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
      return parts.count == 2
        ? (String(decoding: parts[0], as: UTF8.self), String(decoding: parts[1], as: UTF8.self))
        : nil
    }
  }

  private func body(of name: String) -> ArraySlice<UInt8>? {
    chunks.first { $0.name == name }?.body
  }

  /// Chunks have a name, a length, and as many bytes, padded to an even number.
  private static func next(
    in rest: inout ArraySlice<UInt8>
  ) -> (name: String, body: ArraySlice<UInt8>)? {
    guard let length = rest.integer(at: 4, bytes: 4, .littleEndian), length <= rest.count - 8 else {
      return nil
    }
    defer { rest = rest.dropFirst(8 + length + length % 2) }
    return (String(decoding: rest.prefix(4), as: UTF8.self), rest.dropFirst(8).prefix(length))
  }
}
