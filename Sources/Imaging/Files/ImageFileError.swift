/// Why a picture's file cannot be read or written.
public enum ImageFileError: Error, Hashable, Sendable {
  case unreadable(path: String, reason: String)
  case unwritable(path: String, reason: String)
  case empty(path: String)
  /// `format` is what the file's first bytes show, where Easel knows them.
  case notPNG(path: String, format: String?)
  case broken(path: String, reason: String)
  case tooLarge(path: String, width: Int, height: Int)
}

extension ImageFileError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .unwritable(let path, let reason): "\(path): cannot be written: \(reason)"
    case .empty(let path): "\(path): the file is empty"
    case .notPNG(let path, let format?):
      "\(path): this is a \(format) file; convert it to PNG, the format that can be read"
    case .notPNG(let path, nil): "\(path): this is not a PNG file"
    case .broken(let path, let reason): "\(path): the PNG file is broken: \(reason)"
    case .tooLarge(let path, let width, let height):
      "\(path): the picture is \(width)x\(height); at most \(ImageLimits.side) pixels a side and "
        + "\(ImageLimits.pixels / 1_000_000) megapixels can be read"
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
