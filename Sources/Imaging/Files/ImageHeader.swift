/// What the file of a picture says before its pixels.
public struct ImageHeader: Hashable, Sendable {
  /// In pixels, as the picture is to be shown.
  public let width: Int
  /// In pixels, as the picture is to be shown.
  public let height: Int

  /// Reads no more of a PNG file than it has to; other files whole, since what they say of
  /// themselves may stand anywhere before, or behind, their pixels. Decodes none of those. Throws
  /// `ImageFileError`, also for a picture that goes beyond `ImageLimits`.
  public init(readingFrom path: String) throws {
    let start = try InputFile.read(path, upTo: PNGHeader.byteCount)
    let isWhole = (try? PictureFormat(of: start)).map { $0 == .png } ?? true
    try self.init(isWhole ? start : InputFile.read(path), path: path)
  }

  /// Reads the same of a file in memory, or of the start of a PNG file.
  ///
  /// - Parameter path: the file's name, for errors.
  init(_ bytes: [UInt8], path: String) throws {
    do throws(ImageFileError.Problem) {
      let format = try PictureFormat(of: bytes)
      (width, height) = try Self.size(of: bytes, format)
      guard width > 0, height > 0 else {
        throw .noPixels(format, width: width, height: height)
      }
      guard max(width, height) <= ImageLimits.side, width * height <= ImageLimits.pixels else {
        throw .tooLarge(width: width, height: height)
      }
    } catch {
      throw ImageFileError(file: path, problem: error)
    }
  }

  private static func size(
    of bytes: [UInt8], _ format: PictureFormat
  ) throws(ImageFileError.Problem) -> (width: Int, height: Int) {
    switch format {
    case .png: try PNGHeader.size(of: bytes)
    case .jpeg: try JPEGSegments(bytes).size
    case .webP: try WebPFile(bytes).size
    }
  }
}
