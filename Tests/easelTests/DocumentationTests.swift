import Foundation
import Testing

extension ProgramTests {
  /// Every command that the documentation shows is run, in the order of the page, over the files that the
  /// page shows.
  struct DocumentationTests {
    static let pages =
      [
        "README.md", "Docs/language.md", "Docs/writing-graphs.md", "Docs/models.md",
        "Docs/prompts.md", "Docs/sampling.md", "Docs/conditioning.md", "Docs/adapters.md",
        "Docs/control.md", "Docs/masks.md", "Docs/faces.md", "Docs/pictures.md",
        "Docs/upscaling.md",
      ] + Example.all.map { "Examples/\($0.name)/README.md" }

    @Test(arguments: pages) func everyCommandRuns(page: String) throws {
      let text = try String(contentsOf: Program.root.appending(path: page), encoding: .utf8)
      let blocks = Self.blocks(of: text)
      #expect(blocks.contains { $0.language == "sh" })
      try withFolder { program in
        for name in ["Examples", "Graphs"] {
          try FileManager.default.copyItem(
            at: Program.root.appending(path: name), to: program.folder.appending(path: name))
        }
        for block in blocks { try check(block, with: program) }
      }
    }

    /// What comes with the program is found from the first page.
    @Test func theReadMeListsEveryGraphAndExample() throws {
      let page = try String(contentsOf: Program.root.appending(path: "README.md"), encoding: .utf8)
      let graphs = try FileManager.default.contentsOfDirectory(
        atPath: Program.root.appending(path: "Graphs").path)
      let examples = Example.all.map { "Examples/\($0.name)/README.md" }
      let links = graphs.map { "Graphs/\($0)" } + examples
      #expect(links.filter { !page.contains("(\($0))") } == [])
    }

    /// A fenced block of a page.
    struct Block {
      var language: String
      var lines: [Substring]
    }

    private func check(_ block: Block, with program: Program) throws {
      switch block.language {
      case "yaml":
        guard let name = block.lines.first, name.hasPrefix("# "), name.hasSuffix(".yaml") else {
          return
        }
        let file = program.folder.appending(path: String(name.dropFirst(2)))
        try Data(block.lines.joined(separator: "\n").utf8).write(to: file)
      case "sh":
        for line in block.lines where !line.hasPrefix("make ") && !line.hasPrefix("git ") {
          let result = try program.shell(String(line))
          #expect(result.status == 0, "\(line)\n\(result.errors)")
        }
      default: break
      }
    }

    static func blocks(of text: String) -> [Block] {
      var blocks: [Block] = []
      var isOpen = false
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        if line.hasPrefix("```") {
          if !isOpen { blocks.append(Block(language: String(line.dropFirst(3)), lines: [])) }
          isOpen.toggle()
        } else if isOpen {
          blocks[blocks.count - 1].lines.append(line)
        }
      }
      return blocks
    }
  }
}
