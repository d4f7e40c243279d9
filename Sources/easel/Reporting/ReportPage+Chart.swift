import Engine
import Graph

/// When each node was at work.
extension ReportPage {
  private static let rowHeight = 22
  private static let nameWidth = 220
  private static let chartWidth = 640

  /// Nil where nothing took time.
  var chart: String? {
    let bars = report.nodes.compactMap(Bar.init).sorted {
      ($0.start, $0.name) < ($1.start, $1.name)
    }
    guard let end = bars.map({ $0.start + $0.seconds }).max(), end > 0 else { return nil }
    let height = bars.count * Self.rowHeight + 26
    let width = Self.nameWidth + Self.chartWidth + 90
    let rows = bars.enumerated().map { row($1, number: $0, end: end) }
    return section(
      "Time",
      """
      <svg class="chart" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" role="img" \
      aria-label="When each node was at work">
      \((ticks(to: end, height: height - 26) + rows).joined(separator: "\n"))
      </svg>
      """, style: "time")
  }

  /// A node at work.
  private struct Bar {
    var name: String
    var anchor: NodeID
    var state: RunReport.State
    var start: Double
    var seconds: Double

    init?(_ node: RunReport.Node) {
      guard let start = node.start, let seconds = node.seconds else { return nil }
      (name, anchor, state) = (node.id.path, node.id, node.state)
      (self.start, self.seconds) = (start, seconds)
    }
  }

  private func row(_ bar: Bar, number: Int, end: Double) -> String {
    let scale = Double(Self.chartWidth) / end
    let (left, width) = (Int(bar.start * scale), max(2, Int(bar.seconds * scale)))
    let top = number * Self.rowHeight
    let name = bar.name.count > 30 ? bar.name.prefix(29) + "…" : bar.name
    let time = RunEvent.describe(bar.seconds)
    return """
      <a href="#\(anchors[bar.anchor] ?? "")"><title>\(bar.name.escapedForXML): \(time)</title>\
      <text class="name" x="\(Self.nameWidth - 8)" y="\(top + 15)">\(String(name).escapedForXML)</text>\
      <rect class="bar \(bar.state.rawValue)" x="\(Self.nameWidth + left)" y="\(top + 4)" width="\(width)" \
      height="14" rx="2"/><text x="\(Self.nameWidth + left + width + 6)" y="\(top + 15)">\(time)</text></a>
      """
  }

  /// Four to ten lines at round times.
  private func ticks(to end: Double, height: Int) -> [String] {
    let step = Self.step(for: end)
    return (0...Int(end / step)).map { index in
      let time = Double(index) * step
      let x = Self.nameWidth + Int(time / end * Double(Self.chartWidth))
      return """
        <line x1="\(x)" x2="\(x)" y1="0" y2="\(height)"/>\
        <text class="tick" x="\(x)" y="\(height + 16)">\(RunEvent.describe(time))</text>
        """
    }
  }

  /// 1, 2 or 5 times a power of ten.
  private static func step(for end: Double) -> Double {
    var step = 0.01
    for factor in [2, 2.5, 2].lazy.cycled(20) where end / step > 8 { step *= factor }
    return step
  }
}

extension LazySequence {
  /// The elements over and over, so many rounds.
  fileprivate func cycled(_ rounds: Int) -> [Element] { (0..<rounds).flatMap { _ in Array(self) } }
}
