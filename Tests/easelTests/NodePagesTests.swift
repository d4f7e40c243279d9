import Foundation
import Testing

extension ProgramTests {
  /// The pages that document the nodes.
  struct NodePagesTests {
    @Test func thePagesInTheRepositoryAreUpToDate() throws {
      try withFolder { program in
        #expect(
          try program.easel("nodes", "--format", "markdown", "--out", "pages").status == 0)
        let names = try program.writtenFiles(in: "pages")
        #expect(names.contains("README.md") && names.contains("sample.md"))
        let folder = Program.root.appending(path: "Docs/nodes")
        if Recording.isOn { try? FileManager.default.removeItem(at: folder) }
        for name in names {
          let page = program.folder.appending(path: "pages/\(name)")
          try Recording.expect(String(contentsOf: page, encoding: .utf8), in: "Docs/nodes/\(name)")
        }
        #expect(try program.files(in: folder).map(\.lastPathComponent) == names)
      }
    }

    @Test func onePageIsThatOfTheFolder() throws {
      try withFolder { program in
        let page = try program.easel("nodes", "sample", "--format", "markdown").output
        let all = try program.easel("nodes", "--format", "markdown").output
        #expect(page.hasPrefix("# sample\n"))
        #expect(all.contains(page))
        #expect(all.hasPrefix("# load-checkpoint\n"))
      }
    }

    @Test func tablesAreWhole() throws {
      try withFolder { program in
        let lines = try program.easel("nodes", "--format", "markdown").output
          .split(separator: "\n", omittingEmptySubsequences: false)
        var columns: Int?
        var rows = 0
        for line in lines {
          guard line.hasPrefix("|") else {
            columns = nil
            continue
          }
          let bars = line.replacing("\\|", with: "").count { $0 == "|" }
          #expect(bars == columns ?? bars, "\(line)")
          columns = bars
          rows += 1
        }
        #expect(rows > 40)
      }
    }

    /// The examples of all nodes together are a graph, whose nodes are called after their kinds. Whether
    /// its files are there, and fit the nodes, is another matter.
    @Test func theExamplesAreRight() throws {
      try withFolder { program in
        let names = try program.easel("nodes", "--format", "json").events().compactMap {
          $0["name"] as? String
        }
        let pages = try program.easel("nodes", "--format", "markdown").output
        let examples = DocumentationTests.blocks(of: pages)
        #expect(examples.count == names.count)
        let nodes = examples.flatMap(\.lines).map { "  " + $0 }.joined(separator: "\n")
        let text = "easel: 1\nnodes:\n\(nodes)\noutputs: { image: \"${load-image.image}\" }\n"
        try program.write(text, to: "graph.yaml")
        let findings = try program.easel("check", "graph.yaml", "--format", "json").events()
        let errors = findings.filter { $0["severity"] as? String == "error" }
        let ofFiles = ["unreadable-file", "invalid-size", "size-mismatch", "invalid-value"]
        #expect(errors.filter { !ofFiles.contains($0["code"] as? String ?? "") }.isEmpty)
      }
    }

    @Test func pagesThatCannotBeWrittenAreOne() throws {
      try withFolder { program in
        try program.write("", to: "file")
        for folder in ["file", "none/pages"] {
          let result = try program.easel("nodes", "--format", "markdown", "--out", folder)
          #expect(result.status == 1)
          #expect(result.errors.contains("error: \(folder)"))
        }
        #expect(try program.easel("nodes", "--out", "pages").status == 64)
        #expect(
          try program.easel("nodes", "sample", "--format", "markdown", "--out", "x").status == 64)
      }
    }
  }
}
