/// Texts in the comments of a JPEG file: the keyword, a NUL and the text, as in PNG's text chunks.
///
/// A segment holds 65,533 bytes at most; after a full one the text goes on in the next.
enum JPEGComments {
  private static let limit = 65_533
  /// The keyword of comments that have none.
  private static let plain = "Comment"

  /// Segments, to be put behind the file's own start.
  static func segments(of texts: [(keyword: String, text: String)]) -> [UInt8] {
    texts.flatMap { keyword, text in
      let bytes = Array(keyword.utf8) + [0] + Array(text.utf8)
      return stride(from: 0, through: bytes.count, by: limit).flatMap { start in
        let part = bytes[start..<min(start + limit, bytes.count)]
        let length = UInt16(part.count + 2)
        return [0xFF, 0xFE, UInt8(length >> 8), UInt8(length & 0xFF)] + part
      }
    }
  }

  /// The texts in what comment segments hold.
  static func texts(in comments: [ArraySlice<UInt8>]) -> [(keyword: String, text: String)] {
    var whole: [[UInt8]] = []
    var goesOn = false
    for comment in comments {
      if goesOn { whole[whole.count - 1] += comment } else { whole.append(Array(comment)) }
      goesOn = comment.count == limit
    }
    return whole.map { bytes in
      let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      return parts.count == 2 ? (parts[0], parts[1]) : (plain, parts[0])
    }
  }
}
