import Foundation
import Testing

extension ProgramTests {
  /// `make examples`: what goes into the examples and what comes out, on one page.
  struct GalleryTests {
    private func gallery(_ names: String, in program: Program) throws -> Program.Result {
      let script = Program.root.appending(path: "Scripts/gallery.py").path
      return try program.shell("'\(script)' --easel \"$(command -v easel)\" --out page \(names)")
    }

    @Test func thePageHoldsItsPicturesInItself() throws {
      try withFolder { program in
        let result = try gallery("make-him-smile", in: program)
        #expect(result.status == 0, "\(result.errors)")
        let page = try String(
          contentsOf: program.folder.appending(path: "page/index.html"), encoding: .utf8)
        #expect(page.contains("<h2>Make him smile</h2>"))
        #expect(page.contains("easel run Examples/make-him-smile/graph.yaml --out out"))
        for caption in ["before: photo", "after: image"] {
          #expect(page.contains("alt=\"\(caption)\""), "\(caption)")
        }
        #expect(!page.contains("expected"))
        let sources = page.components(separatedBy: "src=\"").dropFirst()
        #expect(sources.count == 2)
        #expect(sources.allSatisfy { $0.hasPrefix("data:image/png;base64,") })
        #expect(try program.writtenFiles(in: "page") == ["index.html", "image.png"])
      }
    }

    @Test func anExampleThatFailsIsReportedAndTheOthersAreShown() throws {
      try withFolder { program in
        let result = try gallery("portrait no-such-example", in: program)
        #expect(result.status == 1)
        let page = try String(
          contentsOf: program.folder.appending(path: "page/index.html"), encoding: .utf8)
        #expect(page.contains("<p class=\"failed\">"))
        #expect(page.contains("alt=\"after: image\""))
      }
    }
  }
}
