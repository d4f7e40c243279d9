/// Why no text can be drawn.
public enum FontError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The program stands without its resources.
  case missing
  /// FreeType does not take the file.
  case unreadable(file: String)

  /// A sentence.
  public var description: String {
    switch self {
    case .missing:
      "the font that comes with Easel is not beside the program; run `make install`"
    case .unreadable(let file):
      "\(file): is not a font that can be read"
    }
  }
}
