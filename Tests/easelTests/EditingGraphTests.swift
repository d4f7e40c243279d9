import Foundation
import Imaging
import Testing

extension ProgramTests {
  /// The graphs that edit pictures leave alone what they are to leave alone.
  struct EditingGraphTests {
    private static let outpaint = """
      easel: 1
      nodes:
        picture: { uses: load-image, path: picture.png }
        extended:
          uses: graphs/outpaint
          image: ${picture.image}
          prompt: a person
          left: 13
          bottom: 40
          steps: 1
          feather: 5
      outputs: { image: "${extended.image}" }
      """

    private static let removal = """
      easel: 1
      nodes:
        picture: { uses: load-image, path: picture.png }
        object: { uses: mask-box, image: "${picture.image}", x: 40, y: 56, box-width: 30, box-height: 20 }
        removed:
          uses: graphs/remove-object
          image: ${picture.image}
          mask: ${object}
          prompt: a person
          steps: 1
          grow: 4
          feather: 6
      outputs: { image: "${removed.image}" }
      """

    /// The portrait, and what a graph makes of it.
    private func edit(_ graph: String) throws -> (before: Image, after: Image) {
      try withPortrait(graph) { program in
        let result = try program.easel("run", "graph.yaml", "--out", "out")
        #expect(result.status == 0, "\(result.errors)")
        return (try program.picture("picture.png"), try program.picture("out/image.png"))
      }
    }

    private func withPortrait<Result>(
      _ graph: String, _ body: (Program) throws -> Result
    ) throws -> Result {
      try withFolder { program in
        try program.copyPortrait(to: "picture.png")
        try program.write(graph, to: "graph.yaml")
        return try body(program)
      }
    }

    @Test func outpaintingKeepsThePicture() throws {
      let (before, after) = try edit(Self.outpaint)
      #expect((after.width, after.height) == (141, 168))
      let kept = PixelRegion(x: 5, y: 0, width: 123, height: 123)
      let moved = PixelRegion(x: 18, y: 0, width: 123, height: 123)
      #expect(
        before.cropped(to: kept).pixels.elements == after.cropped(to: moved).pixels.elements)
      let corner = after.cropped(to: PixelRegion(x: 0, y: 128, width: 141, height: 40))
      #expect(Set(corner.pixels.elements).count > 100)
    }

    @Test func removingAnObjectKeepsTheRest() throws {
      let (before, after) = try edit(Self.removal)
      let (old, new) = (before.pixels.elements, after.pixels.elements)
      for (index, pair) in zip(old, new).enumerated() where pair.0 != pair.1 {
        let (y, x) = (index / 3).quotientAndRemainder(dividingBy: before.width)
        // The box, with what it is grown by and its seam.
        #expect((30..<80).contains(x) && (46..<86).contains(y), "pixel \(x), \(y)")
      }
      #expect(old != new)
    }

    /// The graphs that take a mask, on the portrait.
    private static func masked(_ mask: String) -> String {
      """
      easel: 1
      nodes:
        picture: { uses: load-image, path: picture.png }
        mask: { uses: mask-box, x: 0, y: 0, \(mask) }
        inpaint: { uses: graphs/inpaint, image: "${picture.image}", mask: "${mask}", prompt: a face, steps: 1 }
        remove: { uses: graphs/remove-object, image: "${picture.image}", mask: "${mask}", prompt: a face, steps: 1 }
        region: { uses: graphs/fix-region, image: "${picture.image}", mask: "${mask}", prompt: a face, steps: 1 }
      outputs: { inpaint: "${inpaint}", remove: "${remove}", region: "${region.image}" }
      """
    }

    @Test func anEmptyMaskChangesNothing() throws {
      let empty = #"image: "${picture.image}", box-width: 0, box-height: 0"#
      try withPortrait(Self.masked(empty)) { program in
        let result = try program.easel("run", "graph.yaml", "--out", "out")
        #expect(result.status == 0, "\(result.errors)")
        let before = try program.picture("picture.png").pixels.elements
        for name in ["inpaint", "remove", "region"] {
          #expect(try program.picture("out/\(name).png").pixels.elements == before, "\(name)")
        }
      }
    }

    @Test func aMaskOfAnotherSizeIsFound() throws {
      let other = "width: 64, height: 128, box-width: 9, box-height: 9"
      try withPortrait(Self.masked(other)) { program in
        let result = try program.easel("check", "graph.yaml")
        #expect(result.status == 1)
        for name in ["inpaint", "remove", "region"] {
          #expect(result.output.contains("the node `\(name)"), "\(result.output)")
        }
        let findings = result.output.split(separator: "\n").filter { $0.contains("error[") }
        #expect(findings.count == 3)
        #expect(findings.allSatisfy { $0.contains("error[size-mismatch]: `mask` is ") })
        #expect(result.output.contains("with `resize-image` or `resize-mask`"))
      }
    }
  }
}
