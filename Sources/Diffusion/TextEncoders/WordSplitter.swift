@_spi(_Unicode) import Swift

/// Splits a prompt into the words that byte-pair encoding works on, as CLIP's tokenizer does:
/// contractions, runs of letters, single digits, runs of anything else; white space only separates.
enum WordSplitter {
  /// Composed (NFC), then in lower case, scalar by scalar.
  ///
  /// transformers' tokenizer composes by the tables of Unicode 9: what is newer neither composes nor changes places.
  static func normalize(_ text: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
    var composed: [Unicode.Scalar] = []
    var known = String.UnicodeScalarView()
    for scalar in text {
      if scalar.isNewer(thanUnicode: 9) {
        composed += compose(known) + [scalar]
        known = String.UnicodeScalarView()
      } else if !scalar.isASCII, let marks = misplaced[scalar] {
        known += marks
      } else {
        known.append(scalar)
      }
    }
    composed += compose(known)
    return composed.flatMap { Array($0.properties.lowercaseMapping.unicodeScalars) }
  }

  /// Vowels of Tibetan that are no marks and yet consist of marks: the standard library does not sort these in among
  /// the marks before them.
  private static let misplaced: [Unicode.Scalar: [Unicode.Scalar]] = [
    "\u{0F73}": ["\u{0F71}", "\u{0F72}"], "\u{0F75}": ["\u{0F71}", "\u{0F74}"],
    "\u{0F81}": ["\u{0F71}", "\u{0F80}"],
  ]

  /// The standard library composes only under this name; Foundation would cost its start-up time.
  private static func compose(_ text: String.UnicodeScalarView) -> [Unicode.Scalar] {
    Array(String(text)._nfc)
  }

  /// The words of a normalized text.
  static func split(_ text: some Sequence<Unicode.Scalar>) -> [[Unicode.Scalar]] {
    let text = Array(text)
    var words: [[Unicode.Scalar]] = []
    var rest = text[...]
    while let first = rest.first {
      if let literal = literals.first(where: { rest.starts(with: $0.joined()) }) {
        words += literal
        rest = rest.dropFirst(literal.joined().count)
        continue
      }
      let kind = Kind(first)
      let length = kind == .number ? 1 : rest.prefix { Kind($0) == kind }.count
      if kind != .space { words.append(Array(rest.prefix(length))) }
      rest = rest.dropFirst(length)
    }
    return words
  }

  /// What is recognised as a whole, and the words that it makes. Special tokens come here only where
  /// they were not taken as such, as when written in capitals.
  private static let literals: [[[Unicode.Scalar]]] = [
    ["<|", "startoftext", "|>"], ["<|", "endoftext", "|>"],
    ["'s"], ["'t"], ["'re"], ["'ve"], ["'m"], ["'ll"], ["'d"],
  ].map { $0.map { Array($0.unicodeScalars) } }

  private enum Kind {
    case letter, number, space, other

    /// As in Unicode 16, which transformers' tokenizer goes by: what is newer is neither letter nor number there.
    init(_ scalar: Unicode.Scalar) {
      switch scalar.properties.generalCategory {
      case _ where scalar.isNewer(thanUnicode: 16):
        self = .other
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
        self = .letter
      case .decimalNumber, .letterNumber, .otherNumber:
        self = .number
      default:
        self = scalar.properties.isWhitespace ? .space : .other
      }
    }
  }
}

extension Unicode.Scalar {
  /// Whether a version of Unicode has not this scalar, but a later one that is known has.
  fileprivate func isNewer(thanUnicode version: Int) -> Bool {
    !isASCII && properties.age.map { $0.major > version } ?? false
  }
}
