import Foundation
import Imaging
import Testing

extension ProgramTests {
  /// `easel run --save-as`: pictures in other formats than PNG, which carry their graphs too.
  struct SaveAsTests {
    @Test(arguments: [
      (["--save-as", "jpeg"], "image.jpg"),
      (["--save-as", "jpeg", "--quality", "60"], "image.jpg"),
      (["--save-as", "webp", "--quality", "75"], "image.webp"),
      (["--save-as", "webp-lossless"], "image.webp"), (["--save-as", "png"], "image.png"),
    ])
    func aPictureIsMadeAgainByteForByte(options: [String], name: String) throws {
      try withFolder { program in
        let project = try PhotoProject(in: program)
        let first = try program.easel(
          ["run", "project/edit.yaml", "--out", "project/out"] + options)
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output == "project/out/\(name)\n")
        #expect(try project.record("out/\(name)")["graph"] as? String == "edit.yaml")
        let again = try program.easel(
          "run", "project/out/\(name)", "--no-cache", "--out", "again")
        #expect(again.status == 0, "\(again.errors)")
        #expect(again.errors.contains("again/\(name): the same, byte for byte"))
        #expect(try program.bytes("again/\(name)") == program.bytes("project/out/\(name)"))
        // A new picture keeps the format, unless another is asked for.
        let wider = try program.easel(
          "run", "project/out/\(name)", "--set", "side=24", "--out", "wider")
        #expect(wider.output == "wider/\(name)\n")
        #expect(try ImageHeader(readingFrom: project.path("../wider/\(name)")).width == 24)
        let other = try program.easel(
          "run", "project/out/\(name)", "--set", "side=24", "--save-as", "png", "--out", "other")
        #expect(other.output == "other/image.png\n")
      }
    }

    @Test func qualityDecidesTheSize() throws {
      try withFolder { program in
        let project = try PhotoProject(in: program)
        let sizes = try ["20", "95"].map { quality in
          _ = try program.easel(
            "run", "project/edit.yaml", "--save-as", "jpeg", "--quality", quality, "--out",
            "project/\(quality)")
          #expect(try project.record("\(quality)/image.jpg")["quality"] as? Int == Int(quality))
          return try program.bytes("project/\(quality)/image.jpg").count
        }
        #expect(sizes[0] < sizes[1])
      }
    }

    @Test(arguments: [
      (["--quality", "50"], "--quality goes with --save-as jpeg and --save-as webp"),
      (["--quality", "50", "--save-as", "png"], "--quality goes with --save-as jpeg"),
      (["--quality", "0", "--save-as", "jpeg"], "--quality must be from 1 to 100"),
      (["--save-as", "gif"], "'png', 'jpeg', 'webp'"),
    ])
    func impossibleFormatsAreRefused(options: [String], reason: String) throws {
      try withFolder { program in
        _ = try PhotoProject(in: program)
        let result = try program.easel(["run", "project/edit.yaml"] + options)
        #expect(result.status == 64)
        #expect(result.errors.contains(reason), "\(result.errors)")
      }
    }

    @Test func aPictureIsNotMadeAgainInAnotherFormat() throws {
      try withFolder { program in
        _ = try PhotoProject(in: program)
        _ = try program.easel("run", "project/edit.yaml", "--out", "project/out")
        let result = try program.easel("run", "project/out/image.png", "--save-as", "jpeg")
        #expect(result.status == 64)
        #expect(result.errors.contains("a picture is made again in its own format"))
      }
    }
  }
}
