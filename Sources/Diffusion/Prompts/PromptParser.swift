/// A stretch of a prompt with one weight.
struct PromptRun: Equatable, Sendable {
  var text: String
  var weight: Double
}

/// Reads the grammar of prompts: `(more)`, `((still more))`, `(this much:1.3)`, `[less]`, `BREAK` between chunks, and a
/// backslash before a bracket that is meant as one.
///
/// Brackets without a partner are as in AUTOMATIC1111 (`parse_prompt_attention` in `modules/prompt_parser.py`): an open
/// one reaches to the end, a closing one is a letter. The weights of nested brackets are those of the weighting's program
/// (for ComfyUI, `token_weights` in `comfy/sd1_clip.py`). `AND` is a word like any other.
struct PromptParser {
  /// A run as long as brackets around it may still be closed.
  private struct OpenRun {
    var text: String
    var weight = 1.0
    /// Whether the weight was said as a number, which ComfyUI lets nothing change.
    var isFixed = false
    /// Whether this is no text but the end of a chunk.
    var isBreak = false
  }

  private let weighting: PromptWeighting
  private var rest: Substring.UnicodeScalarView
  private var runs: [OpenRun] = []
  private var round: [Int] = []
  private var square: [Int] = []
  /// Whether no bracket stands between the last run and what comes.
  private var continues = false

  private init(_ text: String, _ weighting: PromptWeighting) {
    self.weighting = weighting
    rest = Substring(text).unicodeScalars
  }

  /// The runs between one `BREAK` and the next. There is at least one section; runs are never empty.
  static func sections(of text: String, weighting: PromptWeighting) -> [[PromptRun]] {
    var parser = PromptParser(text, weighting)
    parser.parse()
    return parser.sections
  }

  private mutating func parse() {
    while let scalar = rest.first {
      switch scalar {
      case "\\": escape()
      case "(": open(\.round)
      case "[": open(\.square)
      case ")" where !round.isEmpty: close(\.round, by: Self.step)
      case "]" where !square.isEmpty: close(\.square, by: 1 / Self.step)
      case ":" where !round.isEmpty: weight()
      case ")", "]", ":": add(String(rest.removeFirst()))
      default: words()
      }
    }
    while !round.isEmpty { multiply(from: round.removeLast(), by: Self.step) }
    while !square.isEmpty { multiply(from: square.removeLast(), by: 1 / Self.step) }
  }

  /// What a pair of brackets without a number does.
  private static let step = 1.1

  private mutating func open(_ brackets: WritableKeyPath<PromptParser, [Int]>) {
    rest.removeFirst()
    self[keyPath: brackets].append(runs.count)
    continues = false
  }

  private mutating func close(
    _ brackets: WritableKeyPath<PromptParser, [Int]>, by factor: Double
  ) {
    rest.removeFirst()
    multiply(from: self[keyPath: brackets].removeLast(), by: factor)
    continues = false
  }

  private mutating func multiply(from start: Int, by factor: Double, fixing: Bool = false) {
    for index in runs.indices.dropFirst(start) where !runs[index].isFixed {
      runs[index].weight *= factor
      runs[index].isFixed = fixing && weighting == .comfy
    }
  }

  /// A colon: with a number behind it and then the bracket's end it is the bracket's weight, else a letter; in ComfyUI
  /// also where nothing stands before it.
  private mutating func weight() {
    let spaces = rest.dropFirst().prefix(while: \.properties.isWhitespace)
    let number = rest[spaces.endIndex...].prefix(while: Self.isOfNumber)
    let end = rest[number.endIndex...].drop(while: \.properties.isWhitespace)
    let isEmpty = weighting == .comfy && round.last == runs.count
    guard end.first == ")", !isEmpty, let factor = Double(String(number)) else {
      add(String(rest.removeFirst()))
      return
    }
    rest = end.dropFirst()
    multiply(from: round.removeLast(), by: factor, fixing: true)
    continues = false
  }

  private static func isOfNumber(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar) || [".", "+", "-"].contains(scalar)
  }

  /// A backslash makes a bracket, or another backslash, a letter. Before anything else it is one itself;
  /// AUTOMATIC1111 drops it there.
  private mutating func escape() {
    rest.removeFirst()
    if let next = rest.first, ["(", ")", "[", "]", "\\"].contains(next) {
      add(String(rest.removeFirst()))
    } else if weighting == .comfy {
      add("\\")
    }
  }

  private mutating func words() {
    let words = rest.prefix { !["\\", "(", ")", "[", "]", ":"].contains($0) }
    rest = rest[words.endIndex...]
    // Boundaries as the `\b` of Python's `re` has them: between letters or digits and others.
    let breaks = #/\s*\bBREAK\b\s*/#.wordBoundaryKind(.simple)
    let parts = String(words).split(separator: breaks, omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index > 0 {
        runs.append(OpenRun(text: "", isBreak: true))
        continues = false
      }
      add(String(part))
    }
  }

  private mutating func add(_ text: String) {
    if continues {
      runs[runs.count - 1].text += text
    } else if !text.isEmpty {
      runs.append(OpenRun(text: text))
      continues = true
    }
  }

  /// AUTOMATIC1111 puts neighbours of one weight together, so that a word may reach over a bracket.
  private var sections: [[PromptRun]] {
    runs.reduce(into: [[]]) { sections, run in
      let last = sections.count - 1
      if run.isBreak {
        sections.append([])
      } else if weighting == .a1111, sections[last].last?.weight == run.weight {
        sections[last][sections[last].count - 1].text += run.text
      } else {
        sections[last].append(PromptRun(text: run.text, weight: run.weight))
      }
    }
  }
}
