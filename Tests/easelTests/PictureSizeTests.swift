import Foundation
import Imaging
import Testing

extension ProgramTests {
  /// What the graphs that edit pictures make of sizes that nobody had in mind.
  struct PictureSizeTests {
    /// Each way to edit a picture of any size, but for its limits.
    private static let edits = [
      ("edges", "canny", ""),
      ("part", "crop-to-mask", #", mask: "${spot}""#),
      (
        "back", "stitch",
        #", crop: "${part.image}", region: "${part.region}", mask: "${spot}""#
      ),
      ("lanczos", "upscale-image", ""),
      ("network", "graphs/upscale-model", ""),
      ("tiled", "graphs/upscale-tiled", ", prompt: a face, steps: 1"),
      ("faces", "graphs/fix-faces", ", steps: 1"),
      ("region", "graphs/fix-region", #", mask: "${spot}", prompt: a face, steps: 1"#),
      ("wider", "graphs/outpaint", ", prompt: a face, right: 7, window: 64, steps: 1"),
    ]

    /// Those that make a latent of the picture as it is, whose sides must be multiples of 8.
    private static let latentEdits = [
      ("inpainted", "graphs/inpaint", #", mask: "${spot}", prompt: a face"#),
      ("redrawn", "graphs/image-to-image", ", prompt: a face"),
      ("removed", "graphs/remove-object", #", mask: "${spot}", prompt: a face"#),
      ("followed", "graphs/control-edges", ", prompt: a face, width: 64, height: 64"),
    ]

    private static func graph(_ edits: [(name: String, uses: String, ports: String)]) -> String {
      let nodes = edits.map { #"  \#($0): { uses: \#($1), image: "${picture.image}"\#($2) }"# }
      let outputs = edits.map { "  \($0.name): ${\($0.name).image}" }
      return """
        easel: 1
        nodes:
          picture: { uses: load-image, path: picture.png }
          spot: { uses: mask-box, image: "${picture.image}", x: 0, y: 0, box-width: 1, box-height: 1 }
        \(nodes.joined(separator: "\n"))
        outputs:
        \(outputs.joined(separator: "\n"))

        """
    }

    private func withPicture<Result>(
      _ picture: Data, _ graph: String, _ body: (Program) throws -> Result
    ) throws -> Result {
      try withFolder { program in
        try picture.write(to: program.folder.appending(path: "picture.png"))
        try program.write(graph, to: "graph.yaml")
        return try body(program)
      }
    }

    private static let pixel = Image(pixels: .init([1, 1, 3], [200.0 / 255, 0.6, 0.2]))

    /// It is refused where it comes in, before anything is made of it, and once for all.
    @Test func aPictureThatIsTooLargeIsRefusedBeforeTheWork() throws {
      let graph = Self.graph(Self.edits + Self.latentEdits)
      try withPicture(.pngHeader(width: 20_000, height: 20_000), graph) { program in
        for command in [["check", "graph.yaml"], ["run", "graph.yaml", "--out", "out"]] {
          let result = try program.easel(command)
          let text = result.output + result.errors
          #expect(result.status == 1)
          #expect(text.contains("graph.yaml:3:38: error[unreadable-file]: "), "\(text)")
          #expect(text.contains("picture.png: is too large: 20000x20000"), "\(text)")
          #expect(text.split(separator: "error[").count == 2, "\(text)")
        }
      }
    }

    /// The largest picture that is read, 100 million pixels, becomes nothing that is larger.
    @Test func whatWouldBecomeTooLargeIsFound() throws {
      let graph = Self.graph(Self.edits)
      try withPicture(.pngHeader(width: 10_000, height: 10_000), graph) { program in
        let result = try program.easel("check", "graph.yaml")
        #expect(result.status == 1)
        let findings = result.output.split(separator: "\n").filter { $0.contains("error[") }
        #expect(findings.allSatisfy { $0.contains("error[invalid-size]: the result would be ") })
        for size in ["20000x20000", "10007x10000"] {
          #expect(findings.contains { $0.contains(size) }, "\(result.output)")
        }
        for name in ["lanczos", "network", "tiled", "wider"] {
          #expect(
            result.output.contains(" \(name): { uses:") || result.output.contains("`\(name)`"))
        }
      }
    }

    @Test func onePixelIsEdited() throws {
      let bytes = Data(try PictureEncoding.png.encode(Self.pixel))
      try withPicture(bytes, Self.graph(Self.edits)) { program in
        let result = try program.easel("run", "graph.yaml", "--out", "out")
        #expect(result.status == 0, "\(result.errors)")
        let sizes = [
          "edges": (1, 1), "part": (8, 8), "back": (1, 1), "lanczos": (2, 2), "network": (2, 2),
          "tiled": (8, 8), "faces": (1, 1), "region": (1, 1), "wider": (8, 1),
        ]
        #expect(try program.writtenFiles(in: "out").count == sizes.count)
        let before = try program.picture("picture.png")
        for (name, size) in sizes {
          let after = try program.picture("out/\(name).png")
          #expect((after.width, after.height) == size, "\(name)")
          // Nothing was worked on in these, and beside the feather in the last.
          guard ["back", "faces", "wider"].contains(name) else { continue }
          #expect(after.pixels.elements.prefix(3) == before.pixels.elements[...], "\(name)")
        }
      }
    }

    @Test func onePixelIsNoLatent() throws {
      let bytes = Data(try PictureEncoding.png.encode(Self.pixel))
      try withPicture(bytes, Self.graph(Self.latentEdits)) { program in
        let result = try program.easel("check", "graph.yaml")
        #expect(result.status == 1)
        for text in [
          "error[invalid-size]: the width, 1, is no multiple of 8", "= help: 8 would fit",
          "error[size-mismatch]: `positive` is for a picture of another size than `latent`: 1 and 64",
          "with `resize-image`",
        ] { #expect(result.output.contains(text), "\(result.output)") }
      }
    }
  }
}
