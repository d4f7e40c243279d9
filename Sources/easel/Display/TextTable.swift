/// Rows of words in aligned columns. The last column runs on as it is.
struct TextTable {
  private var rows: [[String]] = []

  mutating func add(_ row: String...) { rows.append(row) }

  /// The rows, each behind `indent` spaces, the columns two spaces apart.
  func rendered(indent: Int = 2) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.lazy.filter { $0.count > column + 1 }.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        column == row.count - 1 ? cell : cell.padded(to: widths[column])
      }
      return String(repeating: " ", count: indent) + cells.joined(separator: "  ")
    }
    .joined(separator: "\n")
  }
}

extension String {
  /// Filled with spaces on the right up to `width` characters.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
