import Foundation
import FoundationXML
import Testing

@testable import Graph

/// What the languages of drawings are given, however odd the names.
struct RenderingTests {
  private static let oddTexts = [
    "plain", "a < b & c > \"d\" 'e'", "</title><script>alert(1)</script>", "line\nbreak\tand\u{1}",
    "end]]> --> \\\" `code` #35; | ] ) }", "日本語 и кириллица 🙂", "\u{FFFE}\u{FFFF}\u{7F}", "",
  ]

  private func diagram(_ text: String) -> Diagram {
    var diagram = Diagram(title: text, about: text, boxes: [], frames: [], edges: [])
    diagram.frames = [Diagram.Frame(name: text, count: 2)]
    diagram.boxes = [
      Diagram.Box(kind: .input, name: text, subtitle: text, details: [text], value: text),
      Diagram.Box(
        kind: .node, name: text, subtitle: text,
        outputs: [.init(name: text, type: .choice([text]))],
        details: [text], frame: 0),
      Diagram.Box(kind: .output, name: text, subtitle: text, inputs: [text]),
    ]
    diagram.edges = [Diagram.Edge(source: 1, output: 0, target: 2, input: 0)]
    return diagram
  }

  @Test(arguments: oddTexts) func everySVGIsWellFormed(text: String) throws {
    let decoration = Diagram.Decoration(style: text, link: "#\(text)", note: text)
    let svg = diagram(text).svg(decorations: [1: decoration])
    let reader = TextGatherer()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(reader.elements.first == "svg")
    #expect(!reader.elements.contains("script"))
    let expected = String(String.UnicodeScalarView(text.unicodeScalars.map(visible)))
    #expect(text.isEmpty || reader.texts.contains { $0.contains(expected) })
  }

  private func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    ["\u{1}", "\u{FFFE}", "\u{FFFF}"].contains(scalar) ? "\u{FFFD}" : scalar
  }

  @Test(arguments: oddTexts) func noTextLeavesItsQuotesInDot(text: String) {
    var isQuoted = false
    var isEscaped = false
    var outside = ""
    for character in diagram(text).dot {
      if isEscaped {
        isEscaped = false
      } else if isQuoted, character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else if !isQuoted {
        outside.append(character)
      }
    }
    #expect(!isQuoted)
    #expect(outside == Self.dotSkeleton)
  }

  private static let dotSkeleton: String = {
    """
    digraph {
      graph [rankdir=LR, label=, labelloc=t, fontname=]
      node [shape=box, style=rounded, fontname=]
      edge [fontname=, fontsize=10]
      subgraph cluster_inputs { label=
        b0 [label=, shape=ellipse, style=solid]
      }
      b2 [label=, shape=ellipse, style=bold]
      subgraph cluster_f0 { label=
        b1 [label=]
      }
      b1 -> b2 [label=]
    }

    """
  }()

  @Test(arguments: oddTexts) func noTextLeavesItsQuotesInMermaid(text: String) throws {
    let lines = diagram(text).mermaid.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 13)
    #expect(lines[3] == "flowchart LR")
    let shapes = lines[4..<12].map { line in
      line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .map { $0.offset.isMultiple(of: 2) ? String($0.element) : "*" }.joined()
    }
    #expect(
      shapes == [
        "  subgraph inputs [*]", "    b0([*])", "  end", "  b2([*])", "  subgraph f0 [*]",
        "    b1[*]", "  end", "  b1 -->|*| b2",
      ])
    for line in lines[4..<12] where line.contains("\"") {
      #expect(!line.contains("`") && !line.contains("\u{1}"))
    }
  }

  @Test func decorationsAreOnTheirBoxes() {
    let svg = diagram("plain").svg(
      decorations: [1: .init(style: "ran", link: "#node-1", note: "took 3 s")])
    #expect(svg.contains(##"<a href="#node-1"><g class="box node ran"><title>plain: plain"##))
    #expect(svg.contains("took 3 s"))
  }
}

private final class TextGatherer: NSObject, XMLParserDelegate {
  var elements: [String] = []
  var texts: [String] = [""]

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements.append(element)
    texts.append("")
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    texts[texts.count - 1] += text
  }
}
