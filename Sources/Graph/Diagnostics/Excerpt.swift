/// The line of a place as it is shown: tabs as blanks, long lines cut around the place.
struct Excerpt {
  /// The columns of a terminal that a line may take.
  static let widthLimit = 100
  private static let tabWidth = 4
  /// What stays visible in front of the place in a cut line.
  private static let leadWidth = 30

  private(set) var line = ""
  /// The columns in front of the marks.
  private(set) var indent = 0
  /// The columns to mark; at least one.
  private(set) var markWidth = 0
  /// What to say of a place that goes on below.
  let continuation: String?

  init(_ span: SourceSpan, in source: SourceText) {
    let cells = source.line(span.start.line).unicodeScalars.map(Self.cell)
    let isMultiline = span.end.line > span.start.line
    continuation = isMultiline ? "(to line \(span.end.line))" : nil
    let start = min(span.start.column - 1, cells.count)
    let end = isMultiline ? cells.count : min(span.end.column - 1, cells.count)
    let window = Self.window(cells, around: start)
    let isCut = (front: window.lowerBound > 0, back: window.upperBound < cells.count)
    line =
      (isCut.front ? "…" : "") + cells[window].map(\.text).joined() + (isCut.back ? "…" : "")
    indent = (isCut.front ? 1 : 0) + Self.width(cells[window.lowerBound..<start])
    markWidth = max(1, Self.width(cells[start..<max(start, min(end, window.upperBound))]))
  }

  /// The part of a line that fits, with the start of the place in it.
  private static func window(_ cells: [Cell], around start: Int) -> Range<Int> {
    guard width(cells[...]) > widthLimit else { return cells.indices }
    var low = start
    var lead = 0
    while low > 0, lead + cells[low - 1].width <= leadWidth {
      low -= 1
      lead += cells[low].width
    }
    // A short lead is shown whole: what is cut should be worth its mark.
    if low < 4 { low = 0 }
    var high = low
    var width = 0
    while high < cells.count, width + cells[high].width <= widthLimit {
      width += cells[high].width
      high += 1
    }
    return low..<max(high, start)
  }

  private typealias Cell = (text: String, width: Int)

  private static func cell(_ scalar: Unicode.Scalar) -> Cell {
    if scalar == "\t" { return (String(repeating: " ", count: tabWidth), tabWidth) }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return ("\u{FFFD}", 1)
    case .nonspacingMark, .enclosingMark: return (String(scalar), 0)
    default: return (String(scalar), scalar.isWide ? 2 : 1)
    }
  }

  private static func width(_ cells: ArraySlice<Cell>) -> Int { cells.reduce(0) { $0 + $1.width } }
}

extension Unicode.Scalar {
  /// Whether terminals give it two columns: the large blocks of East Asian Width W and F (UAX #11), and
  /// emoji.
  fileprivate var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
