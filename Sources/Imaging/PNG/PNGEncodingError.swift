/// Why a picture cannot become a PNG file.
public enum PNGEncodingError: Error, Hashable, Sendable, CustomStringConvertible {
  case invalidKeyword(String)
  case textWithNUL(keyword: String)
  /// What libpng says.
  case failed(reason: String)

  /// A sentence.
  public var description: String {
    switch self {
    case .invalidKeyword(let keyword):
      "the keyword \"\(keyword)\" of a PNG text must have 1 to 79 printable ASCII characters, with "
        + "spaces only single and between others"
    case .textWithNUL(let keyword):
      "the PNG text \"\(keyword)\" contains a NUL character, which PNG cannot store"
    case .failed(let reason):
      "the picture cannot be encoded as PNG: \(reason)"
    }
  }
}
