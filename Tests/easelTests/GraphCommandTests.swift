import Foundation
import FoundationXML
import Testing

extension ProgramTests {
  struct GraphCommandTests {
    private static let portrait = Program.root.appending(path: "Examples/portrait/graph.yaml").path

    @Test(arguments: [
      ("svg", "<svg "), ("mermaid", "---\ntitle: \"A portrait\""), ("dot", "digraph {"),
    ])
    func everyFormatNamesEveryNode(format: String, start: String) throws {
      try withFolder { program in
        let result = try program.easel("graph", Self.portrait, "--format", format)
        #expect(result.status == 0)
        #expect(result.output.hasPrefix(start))
        for node in ["checkpoint", "positive", "unwanted", "canvas", "sample", "picture"] {
          #expect(result.output.contains(node))
        }
        #expect(result.output.contains("decode-latent"))
      }
    }

    @Test func aPictureIsTheDefaultAndGoesIntoAFile() throws {
      try withFolder { program in
        let result = try program.easel("graph", Self.portrait, "--out", "graph.svg")
        #expect(result.output == "")
        let file = try Data(contentsOf: program.folder.appending(path: "graph.svg"))
        #expect(XMLParser(data: file).parse())
        #expect(
          try program.easel("graph", Self.portrait).output == String(decoding: file, as: UTF8.self))
        #expect(try program.easel("graph", Self.portrait, "--out", "none/graph.svg").status == 1)
      }
    }

    @Test func anInputNeedsNoValue() throws {
      try withFolder { program in
        try program.write(
          """
          easel: 1
          inputs: { photo: { type: image } }
          nodes: { small: { uses: resize-image, image: "${photo}", width: 8, height: 8 } }
          outputs: { image: "${small}" }
          """, to: "graph.yaml")
        let result = try program.easel("graph", "graph.yaml", "--format", "dot")
        #expect(result.status == 0)
        #expect(result.output.contains("b0 -> b1 [label=\"image\"]"))
      }
    }

    @Test func aGraphWithErrorsIsNotDrawn() throws {
      try withFolder { program in
        try program.write(
          """
          easel: 1
          nodes: { small: { uses: resize-picture } }
          outputs: { image: "${small}" }
          """, to: "graph.yaml")
        let result = try program.easel("graph", "graph.yaml", "--out", "graph.svg")
        #expect(result.status == 1)
        #expect(result.output == "")
        #expect(result.errors.contains("error[unknown-node]"))
        #expect(try program.writtenFiles(in: ".").filter { $0 == "graph.svg" } == [])
      }
    }
  }
}
