/// Short pieces of long texts.
enum Excerpt {
  private static let lengthLimit = 60

  /// The text in quotation marks, cut where it is long. Of two texts that begin alike, both are cut in front
  /// of where they begin to differ.
  static func quoted(_ text: String, beside other: String = "") -> String {
    let letters = Array(text.map { $0.isNewline ? " " : $0 })
    guard letters.count > lengthLimit || other.count > lengthLimit else {
      return "\"\(String(letters))\""
    }
    let common = zip(text, other).prefix { $0 == $1 }.count
    let start = other.isEmpty ? 0 : beginning(of: letters, before: common)
    let piece = letters[start...]
    let isCut = piece.count > lengthLimit
    return "\"\(start > 0 ? "…" : "")\(String(piece.prefix(lengthLimit)))\(isCut ? "…" : "")\""
  }

  /// The beginning of a word a few words before a place.
  private static func beginning(of letters: [Character], before place: Int) -> Int {
    let limit = place - lengthLimit / 3
    guard limit > 0 else { return 0 }
    return letters[limit..<place].firstIndex(of: " ").map { $0 + 1 } ?? limit
  }
}
