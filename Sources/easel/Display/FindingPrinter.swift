import Graph

/// The findings of a check, ready to be printed.
struct FindingPrinter {
  /// Each finding with the line that it is about.
  let text: [String]
  /// Each finding as a JSON object.
  let json: [String]

  init(_ result: CheckResult, isColored: Bool) {
    let renderer = DiagnosticRenderer(sources: result.sources, isColored: isColored)
    text = result.diagnostics.map { String(renderer.text($0).dropLast()) }
    json = result.diagnostics.map(\.json)
  }
}
