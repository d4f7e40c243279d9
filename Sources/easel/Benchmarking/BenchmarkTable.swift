/// Figures as a table, line by line: the first ones stand there while the last are still to come.
struct BenchmarkTable {
  private let nameWidth: Int

  init(units names: [String]) { nameWidth = max(4, names.map(\.count).max() ?? 0) }

  var header: String {
    line(["unit", "median", "min..max", "runs", "first", "rate", "of peak", "memory"])
  }

  func row(_ figures: BenchmarkFigures) -> String {
    let spread = [figures.minSeconds, figures.maxSeconds].compactMap(\.self).map(Self.time)
    return line([
      figures.unit, figures.medianSeconds.map(Self.time) ?? "-",
      spread.isEmpty ? "-" : spread.joined(separator: ".."), "\(figures.runs)",
      Self.time(figures.firstSeconds), rate(figures),
      figures.partOfPeak.map { "\(Self.rounded($0 * 100, digits: 0)) %" } ?? "-",
      figures.peakMemoryBytes.map(ByteSize.describe) ?? "-",
    ])
  }

  private func rate(_ figures: BenchmarkFigures) -> String {
    if let rate = figures.rate { return Self.rounded(rate / 1e9, digits: 1) + " GFLOP/s" }
    return figures.bandwidth.map { Self.rounded($0 / 1e9, digits: 1) + " GB/s" } ?? "-"
  }

  /// The name on the left, figures on the right of their columns.
  private func line(_ cells: [String]) -> String {
    let widths = [9, 20, 4, 9, 14, 7, 10]
    return zip(cells.dropFirst(), widths).reduce(cells[0].padded(to: nameWidth)) { line, cell in
      line + "  " + String(repeating: " ", count: max(0, cell.1 - cell.0.count)) + cell.0
    }
  }

  /// In the unit that leaves something before the point.
  static func time(_ seconds: Double) -> String {
    if seconds < 1e-3 { return rounded(seconds * 1e6, digits: 1) + " us" }
    if seconds < 1 { return rounded(seconds * 1e3, digits: 1) + " ms" }
    return rounded(seconds, digits: 2) + " s"
  }

  /// A number that is not negative, with so many digits behind the point.
  static func rounded(_ number: Double, digits: Int) -> String {
    let scale = (0..<digits).reduce(1) { scale, _ in 10 * scale }
    let (whole, rest) = Int((number * Double(scale)).rounded()).quotientAndRemainder(
      dividingBy: scale)
    guard digits > 0 else { return "\(whole)" }
    let behind = "\(rest)"
    return "\(whole).\(String(repeating: "0", count: digits - behind.count))\(behind)"
  }
}
