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
      try withFolder { program in
        let portrait = Program.root.appending(path: "Examples/portrait/expected.png")
        try FileManager.default.copyItem(
          at: portrait, to: program.folder.appending(path: "picture.png"))
        try program.write(graph, to: "graph.yaml")
        let result = try program.easel("run", "graph.yaml", "--out", "out")
        #expect(result.status == 0, "\(result.errors)")
        return (try program.picture("picture.png"), try program.picture("out/image.png"))
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
  }
}
