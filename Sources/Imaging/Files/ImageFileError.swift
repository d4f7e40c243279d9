/// Why the file of a picture cannot be read: the file, and what is wrong with it.
public struct ImageFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Problem: Error, Hashable, Sendable {
    case unreadable(reason: String)
    case notARegularFile
    case empty
    /// `name` is the format's that the first bytes show, where it is a known one.
    case unknownFormat(name: String?)
    case noHeader(PictureFormat)
    case noPixels(PictureFormat, width: Int, height: Int)
    case tooLarge(width: Int, height: Int)
    /// A JPEG file of another number of bits a sample than 8.
    case sampleDepth(bits: Int)
    /// A WebP file of several pictures.
    case animated
    /// What the format's library says.
    case broken(PictureFormat, reason: String)
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
      "is not a file; give the path of a picture"
    case .empty:
      "is empty"
    case .unknownFormat(let name?):
      "is a \(name) file; only PNG, JPEG and WebP can be read, so convert it"
    case .unknownFormat(nil):
      "is not a picture that can be read: neither PNG nor JPEG nor WebP"
    case .noHeader(let format):
      "is a broken \(format.rawValue) file: it does not begin with a whole header"
    case .noPixels(let format, let width, let height):
      "is a broken \(format.rawValue) file: it has no pixels, its size is \(width)x\(height)"
    case .tooLarge(let width, let height):
      "is too large: \(width)x\(height); a side may have \(ImageLimits.side) pixels, the picture "
        + "\(ImageLimits.pixels / 1_000_000) million"
    case .sampleDepth(let bits):
      "is a JPEG file of \(bits) bits a sample; only 8 can be read, so convert it"
    case .animated:
      "is an animated WebP file; only still pictures can be read, so save one of its frames"
    case .broken(let format, let reason):
      "is a broken \(format.rawValue) file: \(reason)"
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
