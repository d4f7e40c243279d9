import Engine
import Graph

/// A report as one HTML page that needs nothing else: no script, no file, no network.
struct ReportPage {
  let report: RunReport
  /// The anchors of the nodes.
  let anchors: [NodeID: String]

  init(_ report: RunReport) {
    self.report = report
    anchors = Dictionary(
      report.nodes.enumerated().map { ($1.id, "node-\($0 + 1)") },
      uniquingKeysWith: { first, _ in first })
  }

  /// The page. The same report gives the same bytes.
  var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src \
    'unsafe-inline'"/>
    <meta name="viewport" content="width=device-width"/>
    <meta name="color-scheme" content="light dark"/>
    <title>\(report.diagram.title.escapedForXML)</title>
    <style>\(Self.styleSheet)</style>
    </head>
    <body>
    \(header)
    <main>
    \(sections.joined(separator: "\n"))
    </main>
    </body>
    </html>

    """
  }

  private var header: String {
    let about = report.diagram.about.map { "<p>\($0.escapedForXML)</p>" } ?? ""
    return """
      <header>
      <h1>\(report.diagram.title.escapedForXML)</h1>
      \(about)
      <p class="made">Made <time datetime="\(report.made.escapedForXML)">\(report.made.escapedForXML)</time> \
      by easel \(report.version.escapedForXML) from <code>\(report.file.escapedForXML)</code></p>
      </header>
      """
  }

  private var sections: [String] {
    [failure, notes, totals, outputs, inputs, picture, chart, nodes].compactMap(\.self)
  }

  func section(_ title: String, _ content: String, style: String) -> String {
    """
    <section class="\(style)" aria-labelledby="\(style)-title">
    <h2 id="\(style)-title">\(title)</h2>
    \(content)
    </section>
    """
  }

  // MARK: What came of it

  private var failure: String? {
    report.failure.map { #"<p class="failure" role="alert">Failed: \#($0.escapedForXML)</p>"# }
  }

  private var notes: String? {
    guard !report.notes.isEmpty else { return nil }
    let items = report.notes.map { "<li>\($0.escapedForXML)</li>" }.joined()
    return #"<ul class="notes">\#(items)</ul>"#
  }

  private var totals: String {
    let ran = report.nodes.count { $0.state == .ran }
    let facts = [
      ("total time", RunEvent.describe(report.seconds)), ("nodes that ran", "\(ran)"),
      ("cache hits", "\(report.hits)"),
      ("peak memory of a node", report.peakBytes.map(ByteSize.describe) ?? "–"),
      ("values in memory at most", ByteSize.describe(report.heldBytes)),
    ]
    let items = facts.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" }.joined()
    return #"<dl class="totals">\#(items)</dl>"#
  }

  private var outputs: String? {
    guard !report.outputs.isEmpty else { return nil }
    let figures = report.outputs.map { output in
      let picture = output.thumbnail.map { image($0, of: output.name) } ?? ""
      return """
        <figure><a href="\(output.link.escapedForXML)">\(picture)</a><figcaption>\
        <strong>\(output.name.escapedForXML)</strong> <a href="\(output.link.escapedForXML)">\
        \(output.path.escapedForXML)</a></figcaption></figure>
        """
    }
    return section(
      "Outputs", #"<div class="pictures">\#(figures.joined())</div>"#, style: "outputs")
  }

  private var inputs: String? {
    guard !report.inputs.isEmpty else { return nil }
    let rows = report.inputs.map {
      #"<tr><th scope="row">\#($0.name.escapedForXML)</th><td>\#($0.value.escapedForXML)</td></tr>"#
    }
    return section("Inputs", "<table>\(rows.joined(separator: "\n"))</table>", style: "inputs")
  }

  // MARK: The graph

  private var picture: String {
    let legend = RunReport.State.allCases.map(Self.badge).joined(separator: " ")
    return section(
      "Graph",
      """
      <p class="legend">\(legend)</p>
      <div class="drawing" tabindex="0" role="group" aria-label="The graph's picture">
      \(report.diagram.svg(decorations: decorations))</div>
      """, style: "graph")
  }

  private var decorations: [Int: Diagram.Decoration] {
    let nodes = Dictionary(report.nodes.map { ($0.id, $0) }) { first, _ in first }
    return report.diagram.boxes.indices.reduce(into: [:]) { decorations, index in
      let members = report.diagram.boxes[index].nodes.compactMap { nodes[$0] }
      guard let first = members.first else { return }
      let seconds = members.compactMap(\.seconds).reduce(0, +)
      let state = RunReport.State.combined(members.map(\.state))
      decorations[index] = Diagram.Decoration(
        style: state.rawValue, link: anchors[first.id].map { "#\($0)" },
        note: state.words + (seconds > 0 ? ", \(RunEvent.describe(seconds))" : ""))
    }
  }

  // MARK: Parts

  static func badge(_ state: RunReport.State) -> String {
    #"<span class="badge \#(state.rawValue)">\#(state.words)</span>"#
  }

  /// Small ones are enlarged by a whole number.
  func image(_ thumbnail: Thumbnail, of name: String) -> String {
    let factor = max(1, 128 / max(thumbnail.width, thumbnail.height))
    return """
      <img\(factor > 1 ? #" class="enlarged""# : "") src="\(thumbnail.dataURI)" \
      width="\(thumbnail.width * factor)" height="\(thumbnail.height * factor)" \
      alt="\(name.escapedForXML)"/>
      """
  }
}

extension RunReport.State {
  /// As people read it.
  var words: String { self == .notNeeded ? "not needed" : rawValue }

  /// The one that says most of several nodes.
  static func combined(_ states: [Self]) -> Self {
    [Self.failed, .ran, .loaded, .cached].first(where: states.contains) ?? .notNeeded
  }
}
