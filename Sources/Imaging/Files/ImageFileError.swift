/// Why the file of a picture cannot be read: the file, and what is wrong with it.
public struct ImageFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Problem: Error, Hashable, Sendable {
    case unreadable(reason: String)
    case notARegularFile
    case empty
    /// `format` is the one that the first bytes show, where it is a known one.
    case notPNG(format: String?)
    case noHeader
    case noPixels(width: Int, height: Int)
    case tooLarge(width: Int, height: Int)
    /// What libpng says.
    case broken(reason: String)
  }

  /// The file's path.
  public let file: String
  /// What is wrong.
  public let problem: Problem

  /// A sentence that names the file.
  public var description: String { "\(file): \(problem)" }
}

extension ImageFileError.Problem: CustomStringConvertible {
  /// What follows the file's name in a sentence.
  public var description: String {
    switch self {
    case .unreadable(let reason):
      "cannot be read: \(reason)"
    case .notARegularFile:
      "is not a file; give the path of a PNG file"
    case .empty:
      "is empty"
    case .notPNG(let format?):
      "is a \(format) file; only PNG can be read, so convert it"
    case .notPNG(nil):
      "is not a PNG file"
    case .noHeader:
      "is a broken PNG file: it does not begin with a whole header"
    case .noPixels(let width, let height):
      "is a broken PNG file: it has no pixels, its size is \(width)x\(height)"
    case .tooLarge(let width, let height):
      "is too large: \(width)x\(height); a side may have \(ImageLimits.side) pixels, the picture "
        + "\(ImageLimits.pixels / 1_000_000) million"
    case .broken(let reason):
      "is a broken PNG file: \(reason)"
    }
  }
}

/// What is refused before memory is taken for it.
public enum ImageLimits {
  /// Pixels along one side.
  public static let side = 32_768
  /// Pixels in all.
  public static let pixels = 100_000_000
}
