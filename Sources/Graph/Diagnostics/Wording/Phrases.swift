/// Small parts of sentences that messages share.
extension Diagnostic {
  /// What an author wrote, in backticks, cut where it is long.
  static func quoted(_ text: String) -> String {
    let line = text.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }
    let isCut = line.count > 40 || line.count < text.unicodeScalars.count
    return "`\(String(line.prefix(40)))\(isCut ? "…" : "")`"
  }

  /// `a, b and c`.
  static func listed(_ words: [String], _ conjunction: String = "and") -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }

  /// "did you mean `text`?", where something is near.
  static func didYouMean(_ name: String, _ candidates: some Sequence<String>) -> String? {
    NearMiss.of(name, in: candidates).map { "did you mean `\($0)`?" }
  }

  /// The type with its article, such as `an image<64x64>`.
  static func article(_ type: PortType) -> String {
    let spelled = type.known
    return ("aeiou".contains(spelled.prefix(1)) ? "an " : "a ") + spelled
  }

  /// A constant as it is written, anything else by its type.
  static func described(_ term: Term, _ type: PortType) -> String {
    switch term.constant {
    case .int?, .float?, .bool?, .size?: term.constant?.display ?? ""
    case let constant?: quoted(constant.display)
    case nil: article(type)
    }
  }
}
