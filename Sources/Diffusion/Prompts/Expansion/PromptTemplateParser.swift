/// Reads the grammar of templates: `{a|b}`, nested, `{3::a|b}` with weights, `{2$$a|b|c}` and `{1-2$$a|b|c}` for several,
/// `__name__` for a line of a file, and a backslash before a brace, `|` or `_` that is meant as one.
struct PromptTemplateParser {
  private let source: String?
  private let letters: [Character]
  private var index = 0

  /// - Parameter source: the file and line that the text stands in; nil for the prompt itself.
  private init(_ text: String, source: String?) {
    self.source = source
    letters = Array(text)
  }

  /// Reads a prompt. Throws `PromptExpansionError`.
  static func template(_ text: String) throws(PromptExpansionError) -> PromptTemplate {
    var parser = PromptTemplateParser(text, source: nil)
    return try parser.pieces(depth: 0)
  }

  /// Reads a line of a file, which may begin with a weight. Throws `PromptExpansionError`.
  static func option(
    _ text: String, source: String
  ) throws(PromptExpansionError) -> PromptTemplate.Option {
    var parser = PromptTemplateParser(text, source: source)
    return try parser.option(depth: 0)
  }

  /// How deep braces may lie in each other.
  private static let depthLimit = 32

  /// Up to the end; inside braces, up to the next `|` or `}` of theirs.
  private mutating func pieces(depth: Int) throws(PromptExpansionError) -> PromptTemplate {
    var pieces: [PromptTemplate.Piece] = []
    var text = ""
    while index < letters.count, depth == 0 || !["|", "}"].contains(letters[index]) {
      guard let piece = try piece(depth: depth) else {
        text += literal()
        continue
      }
      if !text.isEmpty { pieces.append(.text(text)) }
      text = ""
      pieces.append(piece)
    }
    if !text.isEmpty { pieces.append(.text(text)) }
    return PromptTemplate(pieces: pieces)
  }

  /// What begins here and is no literal.
  private mutating func piece(depth: Int) throws(PromptExpansionError) -> PromptTemplate.Piece? {
    let column = index + 1
    if letters[index] == "{" {
      return .choice(try choice(depth: depth + 1), column: column)
    }
    return wildcard().map { .wildcard($0, column: column) }
  }

  private mutating func choice(depth: Int) throws(PromptExpansionError) -> PromptTemplate.Choice {
    let place = PromptPlace(source: source, column: index + 1)
    guard depth <= Self.depthLimit else { throw .nestedTooDeep(place, limit: Self.depthLimit) }
    index += 1
    let counts = counts()
    var options: [PromptTemplate.Option] = []
    repeat {
      options.append(try option(depth: depth))
      guard index < letters.count else { throw .unclosedBrace(place) }
      index += 1
    } while letters[index - 1] == "|"
    guard counts.upperBound <= options.count else {
      throw .tooFewOptions(place, wanted: counts.upperBound, found: options.count)
    }
    return PromptTemplate.Choice(counts: counts, options: options)
  }

  private mutating func option(depth: Int) throws(PromptExpansionError) -> PromptTemplate.Option {
    let number = letters[index...].prefix { $0.isNumber || $0 == "." }
    let after = letters[number.endIndex...]
    guard after.starts(with: "::"), let weight = Double(String(number)) else {
      return PromptTemplate.Option(weight: 1, content: try pieces(depth: depth))
    }
    index = number.endIndex + 2
    return PromptTemplate.Option(weight: weight, content: try pieces(depth: depth))
  }

  /// `2$$` or `1-3$$`; without either, one.
  private mutating func counts() -> ClosedRange<Int> {
    let range = letters[index...].prefix { $0.isNumber || $0 == "-" }
    let bounds = range.split(separator: "-", omittingEmptySubsequences: false)
      .map { Int(String($0)) }
    guard letters[range.endIndex...].starts(with: "$$"), (1...2).contains(bounds.count),
      let low = bounds[0], let high = bounds[bounds.count - 1], low <= high
    else { return 1...1 }
    index = range.endIndex + 2
    return low...high
  }

  /// The name of a wildcard that begins here.
  private mutating func wildcard() -> String? {
    guard letters[index...].starts(with: "__") else { return nil }
    let start = index + 2
    var end = start
    while end < letters.count, Self.isOfName(letters[end]), !letters[end...].starts(with: "__") {
      end += 1
    }
    guard end > start, letters[end...].starts(with: "__") else { return nil }
    index = end + 2
    return String(letters[start..<end])
  }

  private static func isOfName(_ letter: Character) -> Bool {
    letter.isLetter || letter.isNumber || "_-/.".contains(letter)
  }

  /// A letter that means itself. Other backslashes are left to the grammar of prompts.
  private mutating func literal() -> String {
    defer { index += 1 }
    guard letters[index] == "\\", index + 1 < letters.count else { return String(letters[index]) }
    index += 1
    let isOurs = ["{", "}", "|", "_"].contains(letters[index])
    return isOurs ? String(letters[index]) : "\\" + String(letters[index])
  }
}
