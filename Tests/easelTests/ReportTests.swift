import Foundation
import Imaging
import Testing

extension ProgramTests {
  /// `easel run --report`.
  struct ReportTests {
    private func run(
      _ graph: SmallGraph, _ settings: String...
    ) throws -> (result: Program.Result, page: ParsedPage) {
      let arguments = ["run", graph.file.path, "--out", "out", "--report", "out/report.html"]
      let result = try graph.program.easel(arguments + settings.flatMap { ["--set", $0] })
      let page = try String(
        contentsOf: graph.program.folder.appending(path: "out/report.html"), encoding: .utf8)
      return (result, try ParsedPage(page))
    }

    @Test func thePageHasTheNodesAndTheirPictures() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        let (result, page) = try run(graph)
        #expect(result.status == 0)
        #expect(page.identifiers.isSuperset(of: (1...8).map { "node-\($0)" }))
        #expect(page.links.contains("image.png"))
        // The output, two latents, and two pictures.
        #expect(page.sources.count == 5)
        for source in page.sources {
          let text = source.dropFirst("data:image/png;base64,".count)
          let file = program.folder.appending(path: "thumbnail.png")
          try #require(Data(base64Encoded: String(text))).write(to: file)
          #expect(try Picture(readingFrom: file.path).image.width <= 256)
        }
      }
    }

    @Test func whatIsCachedIsShownToo() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        let (_, first) = try run(graph)
        let (_, second) = try run(graph)
        #expect(second.text.contains("nothing before it has changed"))
        #expect(second.sources == first.sources)
      }
    }

    @Test func graphsThatAreRunAsOneHaveOnePage() throws {
      try withFolder { program in
        for name in ["a", "b"] {
          try program.write(
            """
            easel: 1
            nodes:
              canvas: { uses: empty-latent, each: { width: [8, 16] }, height: \(name == "a" ? 8 : 24) }
            outputs: { latents: "${canvas}" }
            """, to: "\(name).yaml")
        }
        let result = try program.easel("run", "a.yaml", "b.yaml", "--report", "report.html")
        #expect(result.status == 0, "\(result.errors)")
        let page = try ParsedPage(
          String(contentsOf: program.folder.appending(path: "report.html"), encoding: .utf8))
        for node in ["a:canvas[1]", "a:canvas[2]", "b:canvas[1]", "b:canvas[2]"] {
          #expect(page.text.contains(node))
        }
        #expect(page.links.contains("a/latents-01.safetensors"))
      }
    }

    @Test func aFailureIsReported() throws {
      try withFolder { program in
        try program.write(
          """
          easel: 1
          nodes:
            picture: { uses: load-image, path: picture.png }
            small: { uses: resize-image, image: "${picture.image}", width: 8, height: 8 }
          outputs: { image: "${small}" }
          """, to: "graph.yaml")
        let picture = try Data(
          contentsOf: Program.root.appending(path: "Examples/portrait/expected.png"))
        try picture.prefix(picture.count / 2).write(
          to: program.folder.appending(path: "picture.png"))
        let result = try program.easel("run", "graph.yaml", "--report", "out/report.html")
        #expect(result.status == 3)
        let page = try ParsedPage(
          String(contentsOf: program.folder.appending(path: "out/report.html"), encoding: .utf8))
        #expect(page.text.contains("Failed: picture: "))
        #expect(page.text.contains("the file ends too early"))
        #expect(page.sources == [])
      }
    }

    @Test func aPageThatCannotBeWrittenIsAnError() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        let result = try program.easel(
          "run", graph.file.path, "--report", "small.yaml/report.html", "--quiet")
        #expect(result.status == 3)
        #expect(result.errors.contains("small.yaml"))
        #expect(result.output == "image.png\n")
      }
    }
  }
}
