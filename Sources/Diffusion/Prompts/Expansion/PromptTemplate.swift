/// A text with parts that are still to be chosen.
struct PromptTemplate: Equatable, Sendable {
  /// One after the other.
  let pieces: [Piece]

  /// A stretch of a template.
  indirect enum Piece: Equatable, Sendable {
    case text(String)
    /// `__name__`: a line of the file `name.txt`.
    case wildcard(String, column: Int)
    /// `{a|b}`.
    case choice(Choice, column: Int)
  }

  /// Alternatives, of which some are taken.
  struct Choice: Equatable, Sendable {
    /// How many are taken, none of them twice.
    let counts: ClosedRange<Int>
    let options: [Option]
  }

  /// One of several alternatives.
  struct Option: Equatable, Sendable {
    /// How likely it is, relative to the others.
    let weight: Double
    let content: PromptTemplate
  }
}
