/// Where the characters of a scalar's text stand in the file.
struct ScalarPlace: Sendable {
  private enum Alignment {
    /// The file has the text byte for byte, from this offset.
    case verbatim(Int)
    /// The file has the same words with other blanks and line breaks between them: the offset of
    /// each byte of the text.
    case folded([Int])
    /// Escapes stand between the two.
    case unknown
  }

  let source: SourceText
  let whole: SourceSpan
  private let alignment: Alignment

  init(of text: String, in bytes: Range<Int>, isQuoted: Bool, source: SourceText) {
    self.source = source
    whole = source.span(bytes)
    let inner = isQuoted && bytes.count >= 2 ? bytes.lowerBound + 1..<bytes.upperBound - 1 : bytes
    if source.bytes[inner].elementsEqual(text.utf8) {
      alignment = .verbatim(inner.lowerBound)
    } else {
      alignment = Self.fold(text, source.bytes[inner]).map(Alignment.folded) ?? .unknown
    }
  }

  /// The place of a part of the text, by UTF-8 offsets into it; the whole scalar's where the part's
  /// is not known.
  func span(_ part: Range<Int>) -> SourceSpan {
    switch alignment {
    case .verbatim(let start): source.span(start + part.lowerBound..<start + part.upperBound)
    case .folded(let offsets):
      part.isEmpty || part.upperBound > offsets.count
        ? whole : source.span(offsets[part.lowerBound]..<offsets[part.upperBound - 1] + 1)
    case .unknown: whole
    }
  }

  /// The offsets of a text's bytes in what the file has for it; nil where the two differ in more than
  /// blanks. Only a text with expressions in it is looked at: nothing asks for the places in others.
  private static func fold(_ text: String, _ written: ArraySlice<UInt8>) -> [Int]? {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return nil }
    var rest = written
    if let first = rest.first, first == UInt8(ascii: "|") || first == UInt8(ascii: ">") {
      // The header of a block.
      rest = rest.drop { $0 != UInt8(ascii: "\n") }
    }
    var offsets: [Int] = []
    for byte in text.utf8 {
      if !byte.isBlank { rest = rest.drop(while: \.isBlank) }
      offsets.append(rest.startIndex)
      if byte.isBlank { continue }
      guard rest.first == byte else { return nil }
      rest.removeFirst()
    }
    return rest.allSatisfy(\.isBlank) ? offsets : nil
  }
}
