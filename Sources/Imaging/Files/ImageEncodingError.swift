/// Why a picture cannot become a file.
public enum ImageEncodingError: Error, Hashable, Sendable, CustomStringConvertible {
  case invalidKeyword(String)
  case textWithNUL(keyword: String)
  /// `side`: the most pixels that one may have.
  case tooLarge(PictureFormat, side: Int)
  /// What the format's library says.
  case failed(PictureFormat, reason: String)

  /// A sentence.
  public var description: String {
    switch self {
    case .invalidKeyword(let keyword):
      "the keyword \"\(keyword)\" of a picture's text must have 1 to 79 printable ASCII characters, "
        + "with spaces only single and between others"
    case .textWithNUL(let keyword):
      "the text \"\(keyword)\" of a picture contains a NUL character, which files cannot store"
    case .tooLarge(let format, let side):
      "the picture is too large for \(format.rawValue), whose sides have at most \(side) pixels"
    case .failed(let format, let reason):
      "the picture cannot be encoded as \(format.rawValue): \(reason)"
    }
  }

  /// Throws for a keyword, or a text, that a format cannot hold: the rules are PNG's, the strictest.
  static func check(_ texts: [(keyword: String, text: String)]) throws {
    for (keyword, text) in texts {
      let characters = keyword.utf8
      guard 1...79 ~= characters.count, characters.allSatisfy({ 0x20...0x7E ~= $0 }),
        characters.first != 0x20, characters.last != 0x20, !keyword.contains("  ")
      else { throw Self.invalidKeyword(keyword) }
      guard !text.utf8.contains(0) else { throw Self.textWithNUL(keyword: keyword) }
    }
  }
}
