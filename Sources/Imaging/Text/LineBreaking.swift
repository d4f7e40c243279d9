extension Font {
  /// Breaks a text into lines that are at most `width` pixels wide: at line breaks, between words, and within
  /// a word that is wider than a line by itself. What goes beyond `limit` lines is replaced by an ellipsis.
  ///
  /// White space between words becomes one space, at the end of the text nothing. A line has at least one
  /// character, also where not even that fits.
  func lines(of text: String, width: Int, limit: Int) -> [String] {
    var text = text[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    guard !text.isEmpty else { return [] }
    var lines: [String] = []
    for paragraph in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      var words = paragraph.split(whereSeparator: \.isBreakingSpace)[...]
      repeat {
        guard lines.count < limit else { return shortened(lines, to: width) }
        lines.append(takeLine(from: &words, width: width))
      } while !words.isEmpty
    }
    return lines
  }

  /// As many words as fit, or the beginning of one.
  private func takeLine(from words: inout ArraySlice<Substring>, width: Int) -> String {
    guard let first = words.popFirst() else { return "" }
    guard self.width(of: first) <= width else {
      let (beginning, rest) = split(first, width: width)
      if !rest.isEmpty { words = [rest] + words }
      return beginning
    }
    var line = String(first)
    while let word = words.first, self.width(of: line + " " + word) <= width {
      line += " " + word
      words.removeFirst()
    }
    return line
  }

  /// The longest beginning of a word that fits, and what is left of it.
  private func split(_ word: Substring, width: Int) -> (beginning: String, rest: Substring) {
    var beginning = ""
    for index in word.indices {
      let longer = beginning + String(word[index])
      if !beginning.isEmpty, self.width(of: longer) > width { return (beginning, word[index...]) }
      beginning = longer
    }
    return (beginning, "")
  }

  /// The lines with an ellipsis behind the last, from which is taken what that needs.
  private func shortened(_ lines: [String], to width: Int) -> [String] {
    guard var last = lines.last else { return [] }
    while !last.isEmpty, self.width(of: last + "…") > width || last.last == " " {
      last.removeLast()
    }
    return lines.dropLast() + [last + "…"]
  }
}

extension Character {
  /// Where a line may end: any white space but the kinds that say that it may not.
  fileprivate var isBreakingSpace: Bool { isWhitespace && !"\u{A0}\u{2007}\u{202F}".contains(self) }
}
