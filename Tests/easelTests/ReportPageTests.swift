import Foundation
import FoundationXML
import Graph
import Imaging
import Testing

@testable import Engine
@testable import easel

/// The page about a run, made from values.
struct ReportPageTests {
  private static let place = SourceText(file: "graph.yaml", text: "").start

  private func recorder(title: String = "A title") -> RunRecorder {
    let schema = NodeSchema(
      name: "blur-image", version: 1, about: "",
      inputs: [
        PortSchema(name: "image", type: .image(.unknown), about: "", presence: .optional),
        PortSchema(name: "note", type: .text, about: ""),
      ], outputs: [PortSchema(name: "image", type: .image(.unknown), about: "")])
    let nodes = ["first", "second", "third", "fourth"]
    return RunRecorder(
      CheckedGraph(
        file: "graph.yaml", title: title, about: title,
        inputs: [
          CheckedInput(name: "note", type: .text, value: .text(title), span: Self.place)
        ],
        nodes: nodes.enumerated().map { index, name in
          var inputs = ["note": Binding.constant(.text(title))]
          if index > 0 {
            inputs["image"] = .output(
              OutputReference(node: NodeID(nodes[index - 1]), port: "image"))
          }
          return CheckedNode(
            id: NodeID(name), schema: schema, span: Self.place, inputs: inputs,
            outputTypes: ["image": .image(.unknown)])
        }, outputs: []))
  }

  private func report(_ recorder: RunRecorder) -> RunReport {
    recorder.report(made: "2026-01-02T03:04:05Z", plan: nil, stored: { _ in [:] }, outputs: [])
  }

  private func played() -> RunReport {
    let recorder = recorder()
    let image = Image(pixels: .init([300, 600, 3], repeating: 0.5))
    recorder.take(.cached(NodeID("first"), .content))
    recorder.take(.started(NodeID("second")))
    recorder.take(NodeID("second"), ["image": image])
    recorder.take(.finished(NodeID("second"), seconds: 1.5, bytes: 2048, peakBytes: 1 << 20))
    recorder.take(.started(NodeID("third")))
    recorder.take(.failed(NodeID("third"), reason: "no <ink>"))
    recorder.take(.note("the cache is full"))
    return report(recorder)
  }

  @Test func eventsBecomeStates() {
    let report = played()
    #expect(report.nodes.map(\.state) == [.cached, .ran, .failed, .notNeeded])
    #expect(report.nodes[0].remark == "what comes in is what came in before")
    #expect(report.nodes[1].seconds == 1.5)
    #expect(report.hits == 1)
    #expect(report.peakBytes == 1 << 20)
    #expect(report.failure == "third: no <ink>")
    #expect(report.notes == ["the cache is full"])
  }

  @Test func picturesAreSmall() throws {
    let thumbnail = try #require(played().nodes[1].outputs[0].thumbnails.first)
    #expect((thumbnail.width, thumbnail.height) == (256, 128))
    #expect(thumbnail.dataURI.hasPrefix("data:image/png;base64,iVBOR"))
    #expect(Thumbnail(Image(pixels: .init([1, 5000, 3], repeating: 1)))?.height == 1)
  }

  @Test func thePageTellsOfEveryNode() throws {
    let page = try ParsedPage(ReportPage(played()).html)
    #expect(page.identifiers.isSuperset(of: ["node-1", "node-2", "node-3", "node-4"]))
    // The references between nodes, the boxes and the bars lead to rows that are there.
    #expect(page.links.count >= 3 + 4 + 2)
    #expect(
      page.links.allSatisfy {
        $0.hasPrefix("#") && page.identifiers.contains(String($0.dropFirst()))
      })
    #expect(page.sources.allSatisfy { $0.hasPrefix("data:image/png;base64,") })
    #expect(page.sources.count == 1)
    for text in ["second.image", "1.50 s", "2.0 KiB", "1.0 MiB", "no <ink>", "not needed"] {
      #expect(page.text.contains(text), "\(text)")
    }
  }

  @Test(arguments: ["<script>alert('1')</script>", "\"&amp;</style>]]>", "\u{0}\u{1B}[31m\u{FFFF}"])
  func noTextIsMarkup(title: String) throws {
    let recorder = recorder(title: title)
    recorder.take(.failed(NodeID("first"), reason: title))
    recorder.take(.note(title))
    let page = try ParsedPage(ReportPage(report(recorder)).html)
    #expect(!page.elements.contains("script"))
    #expect(page.elements.filter { $0 == "style" }.count == 2)
  }

  @Test func theSameReportGivesTheSamePage() {
    let report = played()
    #expect(ReportPage(report).html == ReportPage(report).html)
  }

  @Test func bindingsAreSaidInWords() {
    let reference = OutputReference(node: NodeID("a"), port: "b")
    let condition = Computation(references: [reference], canonical: "x") { _ in .bool(true) }
    let binding = Binding.choice(
      condition, then: .list([.output(reference), .constant(.int(3))]), otherwise: nil)
    #expect(
      binding.phrases == [
        .text("["), .reference(reference), .text(", "), .text("3"), .text("]"), .text(" where "),
        .text("worked out from "), .reference(reference), .text(", otherwise nothing"),
      ])
  }

  @Test(arguments: [
    ("report.html", "image.png", "image.png"), ("out/report.html", "out/image.png", "image.png"),
    ("a/b/report.html", "c/image.png", "../../c/image.png"),
    ("/x/report.html", "/x/y/a b#1?.png", "y/a%20b%231%3F.png"),
    ("./r.html", "./o/../i.png", "i.png"),
  ])
  func linksLeadFromThePage(page: String, file: String, link: String) {
    #expect(RelativeLink(from: page, to: file).text == link)
  }
}

/// A page as a browser sees it. Reports are written so that they are XML too.
final class ParsedPage: NSObject, XMLParserDelegate {
  struct Malformed: Error {
    var reason: String
  }

  private(set) var elements: [String] = []
  private(set) var identifiers: Set<String> = []
  private(set) var links: [String] = []
  private(set) var sources: [String] = []
  private(set) var text = ""

  init(_ html: String) throws {
    super.init()
    let parser = XMLParser(data: Data(html.utf8))
    parser.delegate = self
    guard parser.parse() else {
      throw Malformed(
        reason: "\(String(describing: parser.parserError)), line \(parser.lineNumber)")
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements.append(element)
    if let id = attributes["id"] { identifiers.insert(id) }
    if let link = attributes["href"] { links.append(link) }
    if let source = attributes["src"] { sources.append(source) }
  }

  func parser(_ parser: XMLParser, foundCharacters characters: String) { text += characters }
}
