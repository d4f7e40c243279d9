import Foundation
import Imaging
import Testing

extension ProgramTests {
  /// The examples give the pictures that lie beside them, which `EASEL_RECORD=1` writes anew.
  struct ExampleTests {
    /// Kernels differ in the last bits, and the model has the rest of the run to make more of them.
    @Test(arguments: Example.all) func thePicturesAreTheCommittedOnes(example: Example) throws {
      try withFolder { program in
        try example.run(in: program)
        let outputs = try program.writtenFiles(in: "out")
        if Recording.isOn { try example.record(outputs, of: program) }
        #expect(!Recording.isOn, "the pictures of \(example.name) were recorded, not checked")
        #expect(try outputs.map(Example.expectation).sorted() == example.expectations())
        for output in outputs {
          let drawn = try program.picture("out/\(output)")
          let expected = try example.picture(Example.expectation(for: output))
          try #require(drawn.pixels.shape == expected.pixels.shape)
          #expect(drawn.peakSignalToNoiseRatio(to: expected) > 50, "\(output)")
        }
      }
    }

    @Test(arguments: Example.all) func everyExampleIsExplainedAndShown(
      example: Example
    ) throws {
      let page = try String(
        contentsOf: example.folder.appending(path: "README.md"), encoding: .utf8)
      #expect(page.contains("easel run Examples/\(example.name)/graph.yaml --out out\n"))
      for name in try example.expectations() where !name.hasPrefix("expected-image-") {
        #expect(page.contains("(\(name))"), "\(name) is not shown")
      }
    }

    /// An edit of one picture, and the place that it is about.
    struct Edit: CustomTestStringConvertible, Sendable {
      var example: String
      var before = "photo.png"
      var after = "image.png"
      /// Whether a pixel lies in the mask, without its seam.
      var isCovered: @Sendable (_ x: Int, _ y: Int) throws -> Bool
      var testDescription: String { "\(example): \(after)" }
    }

    /// How far the seam of `graphs/inpaint` goes beyond the mask, in pixels.
    private static let feather = 6

    private static let edits: [Edit] = [
      Edit(example: "make-him-smile") { x, y in
        let (across, down) = ((Double(x) - 65.5) / 18.75, (Double(y) - 83.5) / 13.75)
        return across * across + down * down <= 1
      },
      Edit(example: "remove-headphones") { x, y in Self.headphones[y * 128 + x] },
      Edit(example: "folder-of-photos", before: "photos/kim.png", after: "image-04.png") { _, y in
        y >= 96
      },
    ]

    private static let headphones: [Bool] = {
      let mask = try? Example(name: "remove-headphones").picture("headphones.png")
      return mask.map { picture in
        stride(from: 0, to: picture.pixels.elements.count, by: 3).map {
          picture.pixels.elements[$0] > 0
        }
      } ?? []
    }()

    @Test(arguments: edits) func nothingChangesOutsideOfTheSeam(edit: Edit) throws {
      try withFolder { program in
        let example = Example(name: edit.example)
        try example.run(in: program)
        let before = try example.picture(edit.before)
        let (old, new) = (
          before.pixels.elements, try program.picture("out/\(edit.after)").pixels.elements
        )
        var changed = 0
        for pixel in 0..<(before.width * before.height) {
          let channels = (3 * pixel)..<(3 * pixel + 3)
          guard old[channels] != new[channels] else { continue }
          changed += 1
          let (y, x) = pixel.quotientAndRemainder(dividingBy: before.width)
          #expect(
            try isNearTheMask(of: edit, x: x, y: y, in: before), "pixel \(x), \(y) has changed")
        }
        #expect(changed > 0)
      }
    }

    /// Whether the mask covers a pixel that is no further away than the seam goes.
    private func isNearTheMask(of edit: Edit, x: Int, y: Int, in image: Image) throws -> Bool {
      let rows = max(0, y - Self.feather)...min(image.height - 1, y + Self.feather)
      let columns = max(0, x - Self.feather)...min(image.width - 1, x + Self.feather)
      return try rows.contains { row in
        try columns.contains { column in try edit.isCovered(column, row) }
      }
    }

    @Test func ofAFolderOnlyTheBrokenPhotoIsMissing() throws {
      try withFolder { program in
        let example = Example(name: "folder-of-photos")
        try FileManager.default.copyItem(
          at: example.folder, to: program.folder.appending(path: "copy"))
        let photos = program.folder.appending(path: "copy/photos")
        for name in ["eva", "kim", "max", "zoe"] {
          try FileManager.default.removeItem(at: photos.appending(path: "\(name).png"))
        }
        try Data(contentsOf: photos.appending(path: "ann.png")).prefix(2000)
          .write(to: photos.appending(path: "are.png"))
        let result = try program.easel("run", "copy/graph.yaml", "--keep-going", "--out", "out")
        #expect(result.status == 3)
        #expect(result.errors.contains("are.png"), "\(result.errors)")
        #expect(try program.writtenFiles(in: "out") == ["image-01.png", "image-03.png"])
      }
    }
  }
}
