import Foundation
import Imaging
import Testing

extension ProgramTests {
  /// A folder of pictures in one go.
  struct FolderTests {
    private static let graph = """
      easel: 1
      inputs:
        photos: { type: path, default: photos }
      nodes:
        folder: { uses: list-images, folder: "${photos}" }
        photo: { uses: load-image, each: { path: "${folder.files}" } }
        small: { uses: resize-image, each: { image: "${photo.image}" }, width: 8, height: 8 }
      outputs: { small: "${small}" }

      """

    /// Four pictures of different sizes and formats.
    private func fill(_ program: Program) throws {
      let photos = program.folder.appending(path: "photos")
      try FileManager.default.createDirectory(at: photos, withIntermediateDirectories: false)
      try program.write(Self.graph, to: "graph.yaml")
      let encodings: [PictureEncoding] = [
        .png, .jpeg(quality: 80), .webP(quality: 80), .losslessWebP,
      ]
      for (index, encoding) in encodings.enumerated() {
        let side = 16 + 8 * index
        let image = Image(pixels: .init([side, side, 3], repeating: Float(index) / 4))
        try Data(encoding.encode(image)).write(
          to: photos.appending(path: "\(index).\(encoding.fileExtension)"))
      }
      try program.write("no picture", to: "photos/notes.txt")
    }

    @Test func everyPictureIsWorkedOn() throws {
      try withFolder { program in
        try fill(program)
        let result = try program.easel("run", "graph.yaml", "--out", "out")
        #expect(result.status == 0, "\(result.errors)")
        let names = (1...4).map { "small-0\($0).png" }
        #expect(try program.writtenFiles(in: "out") == names)
        let again = try program.easel("run", "out/small-03.png", "--no-cache", "--out", "again")
        #expect(again.errors.contains("again/small-03.png: the same, byte for byte"))
        // A new picture is one more element; the others are in the cache.
        try FileManager.default.copyItem(
          at: program.folder.appending(path: "photos/0.png"),
          to: program.folder.appending(path: "photos/9.png"))
        let more = try program.easel("run", "graph.yaml", "--json", "--out", "out").events()
        #expect(more.filter { $0["event"] as? String == "saved" }.count == 5)
      }
    }

    /// One is broken from its header on, which shows when the graph is checked; of the other the end is missing.
    @Test(arguments: [
      (Data("no picture".utf8), 1, "1.jpg: is not a picture that can be read"),
      (nil as Data?, 3, "1.jpg: is a broken JPEG file: Premature end of JPEG file"),
    ])
    func oneFailureIsReportedAndTheRestGoOn(content: Data?, status: Int32, reason: String) throws {
      try withFolder { program in
        try fill(program)
        let file = program.folder.appending(path: "photos/1.jpg")
        try (content ?? Data(contentsOf: file).dropLast(20)).write(to: file)
        let stopped = try program.easel("run", "graph.yaml", "--out", "stopped")
        #expect(stopped.status == status)
        #expect((stopped.output + stopped.errors).contains(reason), "\(stopped.errors)")
        let kept = try program.easel("run", "graph.yaml", "--keep-going", "--out", "kept")
        #expect(kept.status == 3)
        #expect(kept.errors.contains("node `photo[2]` failed: "), "\(kept.errors)")
        #expect(kept.errors.contains(reason), "\(kept.errors)")
        #expect(
          try program.writtenFiles(in: "kept")
            == ["small-01.png", "small-03.png", "small-04.png"])
        let third = try program.easel(
          "run", "kept/small-03.png", "--no-cache", "--keep-going", "--out", "again")
        #expect(third.errors.contains("again/small-03.png: the same, byte for byte"))
      }
    }

    @Test func aFolderWithoutPicturesIsRefused() throws {
      try withFolder { program in
        try fill(program)
        let missing = try program.easel("run", "graph.yaml", "--set", "photos=none")
        #expect(missing.status == 1)
        #expect(missing.errors.contains("none: the folder cannot be read: No such file"))
        try program.edit("graph.yaml") {
          $0.replace("folder: \"${photos}\"", with: "folder: \"${photos}\", pattern: 'x*'")
        }
        let empty = try program.easel("check", "graph.yaml")
        #expect(empty.status == 1)
        #expect(empty.output.contains("whose name fits `x*`"), "\(empty.output)")
      }
    }

    @Test func aGraphForAnyFolderIsSound() throws {
      try withFolder { program in
        try program.write(
          Self.graph.replacing(", default: photos", with: ""), to: "graph.yaml")
        let result = try program.easel("check", "--deny", "all", "graph.yaml")
        #expect(result.status == 0, "\(result.output)")
      }
    }
  }
}
