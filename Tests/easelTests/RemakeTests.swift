import Foundation
import Imaging
import Testing

extension ProgramTests {
  /// `easel run picture.png`: a picture made again by what it carries.
  struct RemakeTests {
    @Test func aPictureIsMadeAgainByteForByte() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        _ = try graph.log(["prompt=a sad person with \"grüne\" hair", "steps=2", "painter=default"])
        // Nothing but the picture is left.
        try FileManager.default.removeItem(at: graph.file)
        let result = try program.easel("run", "out/image.png", "--no-cache", "--out", "again")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "again/image.png\n")
        #expect(result.errors.contains("again/image.png: the same, byte for byte\n"))
        #expect(try program.bytes("again/image.png") == graph.picture())
        let events = try program.easel("run", "out/image.png", "--json", "--out", "again").events()
        #expect(events.last?["event"] as? String == "compared")
        #expect(events.last?["same"] as? Bool == true)
        #expect(try program.easel("plan", "out/image.png").output.contains("cached      small"))
      }
    }

    @Test func graphsAndFilesAreFoundAgain() throws {
      try withFolder { program in
        let project = try PhotoProject(in: program)
        #expect(try program.easel("run", "project/edit.yaml", "--out", "project/out").status == 0)
        // All that was in the folder goes somewhere else, and the graphs go altogether.
        try FileManager.default.moveItem(
          at: project.folder, to: program.folder.appending(path: "moved"))
        for name in ["edit.yaml", "parts/shrink.yaml"] {
          try FileManager.default.removeItem(at: program.folder.appending(path: "moved/\(name)"))
        }
        let result = try program.easel(
          "run", "moved/out/image.png", "--no-cache", "--out", "again", "--quiet")
        #expect(result.status == 0, "\(result.errors)")
        #expect(
          try program.bytes("again/image.png") == program.bytes("moved/out/image.png"))
        // Beside the picture they are found too.
        for name in ["image.png", "photo.png"] {
          try FileManager.default.copyItem(
            at: program.folder.appending(
              path: name == "image.png" ? "moved/out/\(name)" : "moved/\(name)"),
            to: program.folder.appending(path: name))
        }
        try FileManager.default.removeItem(at: program.folder.appending(path: "moved"))
        #expect(try program.easel("run", "image.png", "--out", "again").status == 0)
      }
    }

    @Test func graphsOfEaselTravelWithThePicture() throws {
      try withFolder { program in
        try program.write(
          """
          easel: 1
          nodes:
            draw: { uses: graphs/text-to-image, prompt: a smiling person, steps: 2, width: 64, height: 64 }
          outputs: { image: "${draw.image}" }
          """, to: "graph.yaml")
        _ = try program.easel("run", "graph.yaml", "--out", "out")
        let picture = try Picture(readingFrom: program.folder.appending(path: "out/image.png").path)
        let text = try #require(picture.text.first?.text)
        #expect(text.contains("\"graphs\":{\"text-to-image.yaml\":\"easel: 1"))
        #expect(!text.contains(Program.root.path))
        #expect(!text.contains("\"folder\""))
        let result = try program.easel("run", "out/image.png", "--no-cache", "--out", "again")
        #expect(result.errors.contains("the same, byte for byte"), "\(result.errors)")
      }
    }

    @Test func whatIsMissingOrChangedIsNamed() throws {
      try withFolder { program in
        let project = try PhotoProject(in: program)
        _ = try program.easel("run", "project/edit.yaml", "--out", "project/out")
        let digest = try #require(
          (project.record("out/image.png")["files"] as? [[String: String]])?.first?["sha256"])
        try project.savePhoto(brightness: 0.25)
        let changed = try program.easel("run", "project/out/image.png", "--out", "again")
        #expect(changed.status == 1)
        #expect(changed.errors.contains("the file of picture.path photo.png was \(digest), now it"))
        try FileManager.default.removeItem(at: project.folder.appending(path: "photo.png"))
        let missing = try program.easel("run", "project/out/image.png", "--out", "again")
        #expect(missing.status == 1)
        #expect(
          missing.errors.contains("photo.png, for picture.path, with the digest \(digest)"))
        #expect(missing.errors.contains("(looked in project/out and project)"))
        #expect(try program.writtenFiles(in: "again") == [])
      }
    }

    @Test func anotherModelIsNamed() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        try FileManager.default.copyItem(
          at: Program.model, to: program.folder.appending(path: "model"))
        _ = try graph.log(["eye=model"])
        #expect(try program.easel("run", "out/image.png", "--out", "again").status == 0)
        try program.edit("model/vae/config.json") { $0.replace("0.37365", with: "0.5") }
        let result = try program.easel("run", "out/image.png", "--out", "again")
        #expect(result.status == 1)
        #expect(result.errors.contains("the file of lens.model model was "), "\(result.errors)")
      }
    }

    @Test func inputsMakeANewPicture() throws {
      try withFolder { program in
        let project = try PhotoProject(in: program)
        _ = try program.easel("run", "project/edit.yaml", "--out", "project/out")
        let first = try program.bytes("project/out/image.png")
        let refused = try program.easel(
          "run", "project/out/image.png", "--set", "side=24", "--out", "project/out")
        #expect(refused.status == 3)
        #expect(refused.errors.contains("name another folder with --out"))
        #expect(try program.bytes("project/out/image.png") == first)
        let result = try program.easel(
          "run", "project/out/image.png", "--set", "side=24", "--out", "new")
        #expect(result.status == 0)
        #expect(!result.errors.contains("the same"))
        let picture = try Picture(
          readingFrom: program.folder.appending(path: "new/image.png").path)
        #expect(picture.image.width == 24)
        // In the folder that it is in, a picture stays where it comes out as it was.
        #expect(
          try program.easel("run", "project/out/image.png", "--out", "project/out").status == 0)
        #expect(try program.easel("run", "new/image.png", "--out", "again").status == 0)
        #expect(
          try project.record("../new/image.png")["settings"] as? [String: [String: String]]
            == ["side": ["text": "24"]])
      }
    }

    @Test func anOutputOfTheSameNameIsNoInput() throws {
      try withFolder { program in
        _ = try PhotoProject(in: program)
        try program.edit("project/edit.yaml") { $0.replace("{ image:", with: "{ photo:") }
        _ = try program.easel("run", "project/edit.yaml", "--out", "project/out")
        // `photo.png` lies beside the picture, too: it is the picture itself.
        let result = try program.easel("run", "project/out/photo.png", "--out", "again")
        #expect(result.errors.contains("the same, byte for byte"), "\(result.errors)")
      }
    }

    @Test func aPathFromTheCommandLineIsFoundAgain() throws {
      try withFolder { program in
        let project = try PhotoProject(in: program)
        try FileManager.default.moveItem(
          at: project.folder.appending(path: "photo.png"),
          to: program.folder.appending(path: "other.png"))
        let made = try program.easel(
          "run", "project/edit.yaml", "--set", "photo=other.png", "--out", "out")
        #expect(made.status == 0)
        let result = try program.easel("run", "out/image.png", "--out", "again")
        #expect(result.errors.contains("the same, byte for byte"), "\(result.errors)")
      }
    }

    @Test func aPictureOfAListIsMadeAlone() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program) {
          $0.replace(
            "small: { uses: resize-image",
            with: "small: { each: { width: [24, 32, 40] }, uses: resize-image")
          $0.replace(", width: \"${width}\", height: 48 }", with: ", height: 48 }")
        }
        let made = try program.easel("run", graph.file.path, "--out", "out")
        #expect(made.output.contains("out/image-02.png"), "\(made.errors)")
        let result = try program.easel("run", "out/image-02.png", "--out", "again")
        #expect(result.output == "again/image-02.png\n")
        #expect(result.errors.contains("the same, byte for byte"))
        #expect(try program.writtenFiles(in: "again") == ["image-02.png"])
      }
    }

    @Test func aPictureThatComesOutDifferentlyIsFour() throws {
      try withFolder { program in
        let project = try PhotoProject(in: program)
        _ = try program.easel("run", "project/edit.yaml", "--out", "project/out")
        let original = try Picture(
          readingFrom: project.folder.appending(path: "out/image.png").path)
        let text = try #require(original.text.first?.text)
        var pixels = original.image.pixels.elements
        pixels[4] = pixels[4] < 0.5 ? 1 : 0
        let image = Image(pixels: .init(original.image.pixels.shape, pixels))
        try project.save(image, record: text)
        let result = try program.easel("run", "project/changed.png", "--out", "again")
        #expect(result.status == 4)
        #expect(result.errors.contains("another picture: 1 of 256 pixels differ, by up to "))
        #expect(result.output == "again/image.png\n")
        try project.save(
          original.image, record: text.replacing("\"easel\":\"0.1.0\"", with: "\"easel\":\"0.0.1\"")
        )
        let older = try program.easel("run", "project/changed.png", "--out", "again")
        #expect(older.status == 0)
        #expect(
          older.errors.contains(
            "the same pixels in another file; it was made with easel 0.0.1, this is easel 0.1.0"))
      }
    }

    @Test(arguments: [
      (nil as String?, "the picture does not say how it was made"),
      ("{", "is damaged"),
      ("{\"record\":1}", "is damaged"),
      ("{\"easel\":\"0.1.0\"}", "did not record enough"),
      ("{\"record\":99,\"easel\":\"9.0\"}", "was made by easel 9.0"),
    ])
    func aPictureWithoutAUsableRecordIsOne(record: String?, message: String) throws {
      try withFolder { program in
        let project = try PhotoProject(in: program)
        let image = Image(pixels: .init([4, 4, 3], repeating: 0.5))
        try project.save(image, record: record)
        for command in ["run", "plan"] {
          let result = try program.easel(command, "project/changed.png")
          #expect(result.status == 1)
          #expect(result.errors.contains("project/changed.png: "))
          #expect(result.errors.contains(message), "\(result.errors)")
        }
      }
    }

    @Test func anotherVersionOfANodeIsNamed() throws {
      try withFolder { program in
        let project = try PhotoProject(in: program)
        _ = try program.easel("run", "project/edit.yaml", "--out", "project/out")
        let original = try Picture(
          readingFrom: project.folder.appending(path: "out/image.png").path)
        let text = try #require(original.text.first?.text)
        try project.save(
          original.image,
          record: text.replacing("\"resize-image\":1", with: "\"resize-image\":99"))
        let result = try program.easel("run", "project/changed.png", "--out", "again")
        #expect(result.status == 1)
        #expect(
          result.errors.contains("the node resize-image was version 99, now it is version 1"))
        let locked = try program.easel("run", "project/changed.png", "--locked")
        #expect(locked.status == 64)
      }
    }
  }
}

extension Program {
  /// The content of a file in the folder.
  func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appending(path: name))
  }
}
