import Foundation
import Imaging
import Testing

extension ProgramTests {
  /// The examples give the pictures that lie beside them.
  struct ExampleTests {
    static let names = ["portrait", "seeds", "make-him-smile"]

    /// Kernels differ in the last bits, and the model has the rest of the run to make more of them.
    @Test(arguments: names) func thePictureIsTheCommittedOne(name: String) throws {
      try withFolder { program in
        let folder = Program.root.appending(path: "Examples/\(name)")
        let result = try program.easel(
          "run", folder.appending(path: "graph.yaml").path, "--out", "out")
        #expect(result.status == 0, "\(result.errors)")
        let expected = try Picture(readingFrom: folder.appending(path: "expected.png").path).image
        let drawn = try program.picture("out/image.png")
        #expect(drawn.peakSignalToNoiseRatio(to: expected) > 50)
      }
    }

    @Test func onlyTheMouthChanges() throws {
      try withFolder { program in
        let folder = Program.root.appending(path: "Examples/make-him-smile")
        _ = try program.easel("run", folder.appending(path: "graph.yaml").path, "--out", "out")
        let before = try Picture(readingFrom: folder.appending(path: "photo.png").path).image
        let (old, new) = (
          before.pixels.elements, try program.picture("out/image.png").pixels.elements
        )
        for (index, pair) in zip(old, new).enumerated() where pair.0 != pair.1 {
          let (y, x) = (index / 3).quotientAndRemainder(dividingBy: before.width)
          // The ellipse of the graph, with its seam.
          #expect((32...84).contains(x) && (71...109).contains(y), "pixel \(x), \(y)")
        }
        #expect(old != new)
      }
    }
  }
}
