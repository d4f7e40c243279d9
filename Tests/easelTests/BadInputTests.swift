import Foundation
import Imaging
import Testing

extension ProgramTests {
  /// Files that are not what a graph takes them for: found when the graph is checked where a header
  /// tells, otherwise when it runs.
  struct BadInputTests {
    private static let loading = """
      easel: 1
      nodes:
        picture: { uses: load-image, path: picture.png }
      outputs: { image: "${picture.image}" }
      """

    @Test(arguments: [
      (Data(), "picture.png: is empty"),
      (Data("hello".utf8), "is not a picture that can be read: neither PNG nor JPEG nor WebP"),
      (Data("GIF89a".utf8), "is a GIF file; only PNG, JPEG and WebP can be read, so convert it"),
      (Data([0xff, 0xd8, 0xff, 0xe0, 0, 0]), "is a broken JPEG file: it does not begin with"),
      (Data("RIFF    WEBP".utf8), "is a broken WebP file: it does not begin with a whole header"),
      (Data([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), "is a broken PNG file"),
      (.pngHeader(width: 0, height: 5), "its size is 0x5"),
      (.pngHeader(width: 20_000, height: 20_000), "20000x20000; a side may have 32768 pixels, the"),
      (.pngHeader(width: 100_000, height: 100_000), "a side may have 32768 pixels"),
    ])
    func aPictureIsRefusedAtCheckTime(bytes: Data, reason: String) throws {
      try withFolder { program in
        try program.write(Self.loading, to: "graph.yaml")
        try bytes.write(to: program.folder.appending(path: "picture.png"))
        let result = try program.easel("check", "graph.yaml")
        #expect(result.status == 1)
        #expect(
          result.output.hasPrefix("graph.yaml:3:38: error[unreadable-file]: "), "\(result.output)")
        #expect(result.output.contains("picture.png"))
        #expect(result.output.contains(reason), "\(result.output)")
      }
    }

    @Test func aMissingPictureIsRefusedAtCheckTime() throws {
      try withFolder { program in
        try program.write(Self.loading, to: "graph.yaml")
        let result = try program.easel("check", "graph.yaml")
        #expect(result.status == 1)
        #expect(result.output.contains("picture.png: cannot be read: No such file or directory"))
      }
    }

    @Test func aTruncatedPictureFailsTheRun() throws {
      try withFolder { program in
        try program.write(Self.loading, to: "graph.yaml")
        let picture = try Data(
          contentsOf: Program.root.appending(path: "Examples/portrait/expected.png"))
        try picture.prefix(picture.count / 2).write(
          to: program.folder.appending(path: "picture.png"))
        #expect(try program.easel("check", "graph.yaml").status == 0)
        let result = try program.easel("run", "graph.yaml", "--out", "out")
        #expect(result.status == 3)
        #expect(result.errors.contains("node `picture` failed"))
        #expect(
          result.errors.contains("picture.png: is a broken PNG file: the file ends too early"))
        #expect(try program.writtenFiles(in: "out") == [])
      }
    }

    /// Cut off in its pixels, and with a part of them overwritten: what was lost is not made up.
    @Test(arguments: [true, false]) func aCorruptJPEGFailsTheRun(isCut: Bool) throws {
      try withFolder { program in
        try program.write(Self.loading, to: "graph.yaml")
        let portrait = Program.root.appending(path: "Examples/portrait/expected.png")
        let image = try Picture(readingFrom: portrait.path).image
        var bytes = try PictureEncoding.jpeg(quality: 90).encode(image)
        if isCut {
          bytes.removeLast(bytes.count / 2)
        } else {
          bytes.replaceSubrange(bytes.count / 2..<bytes.count * 3 / 4, with: bytes.prefix(2))
        }
        try Data(bytes).write(to: program.folder.appending(path: "picture.png"))
        #expect(try program.easel("check", "graph.yaml").status == 0)
        let result = try program.easel("run", "graph.yaml", "--out", "out")
        #expect(result.status == 3)
        #expect(result.errors.contains("node `picture` failed"))
        #expect(result.errors.contains("picture.png: is a broken JPEG file: "), "\(result.errors)")
        #expect(try program.writtenFiles(in: "out") == [])
      }
    }

    @Test(arguments: [
      ("model_index.json", nil as String?, "model_index.json: not found"),
      ("model_index.json", "[1, 2", "it is not a JSON object"),
      ("unet/config.json", nil, "unet/config.json: not found"),
      ("vae/config.json", "{ \"norm_num_groups\": 7 }", "vae/config.json"),
      (
        "scheduler/scheduler_config.json", "{ \"beta_schedule\": \"wavy\" }",
        "`beta_schedule` must be"
      ),
    ])
    func aModelFolderIsRefusedAtCheckTime(file: String, text: String?, reason: String) throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program) {
          $0.replace(
            "painter: { type: path, default: default }",
            with: "painter: { type: path, default: model }")
        }
        let model = program.folder.appending(path: "model")
        try FileManager.default.copyItem(at: Program.model, to: model)
        let path = model.appending(path: file)
        if let text {
          try Data(text.utf8).write(to: path)
        } else {
          try FileManager.default.removeItem(at: path)
        }
        let result = try program.easel("check", graph.file.path)
        #expect(result.status == 1)
        #expect(result.output.contains(reason), "\(result.output)")
        #expect(try program.easel("inspect", "model").status == 1)
      }
    }

    @Test func inspectNamesWhatIsMissingAndLeftOver() throws {
      try withFolder { program in
        let model = program.folder.appending(path: "model")
        try FileManager.default.copyItem(at: Program.model, to: model)
        // The same length, so that the offsets in the header still hold.
        let weights = model.appending(path: "vae/diffusion_pytorch_model.safetensors")
        var bytes = try Data(contentsOf: weights)
        let name = try #require(bytes.range(of: Data("\"decoder.conv_in.bias\"".utf8)))
        bytes.replaceSubrange(name, with: Data("\"decoder.conv_xx.bias\"".utf8))
        try bytes.write(to: weights)
        let result = try program.easel("inspect", "model", "--format", "json")
        #expect(result.status == 1)
        let parts = try #require(try result.events().first?["parts"] as? [[String: Any]])
        let vae = try #require(parts.first { $0["name"] as? String == "vae" })
        #expect(
          vae["problems"] as? [String] == ["the tensor `decoder.conv_in.bias` [64] is missing"])
        #expect(vae["leftOver"] as? [String] == ["decoder.conv_xx.bias"])
      }
    }

    @Test func theEmbeddedModelIsWhole() throws {
      try withFolder { program in
        let result = try program.easel("inspect", "default", "--format", "json")
        #expect(result.status == 0)
        let report = try #require(try result.events().first)
        #expect(report["family"] as? String == "sdxl")
        let parts = try #require(report["parts"] as? [[String: Any]])
        #expect(parts.count == 4)
        #expect(parts.allSatisfy { ($0["leftOver"] as? [String])?.isEmpty == true })
      }
    }
  }
}
