import Foundation
import Testing

extension ProgramTests {
  /// What runs after what was changed, each run in a process of its own.
  struct CacheTests {
    /// Both checkpoints are one model, which is opened once.
    private static let everything = [
      "load checkpoint", "run canvas", "run picture", "run positive", "run sample", "run small",
      "run unwanted",
    ]

    @Test func aSecondRunComputesNothing() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        #expect(try graph.log() == Self.everything)
        let first = try graph.picture()
        try FileManager.default.removeItem(at: program.folder.appending(path: "out"))
        #expect(try graph.log() == ["cached small"])
        #expect(try graph.picture() == first)
      }
    }

    @Test func aPromptRunsItsOwnEncodingAndWhatIsBelow() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        _ = try graph.log()
        #expect(
          try graph.log(["prompt=a surprised person"]) == [
            "cached canvas", "cached unwanted", "load checkpoint", "run picture",
            "run positive", "run sample", "run small",
          ])
        #expect(try graph.log() == ["cached small"])
      }
    }

    @Test func theLastNodeRunsAlone() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        _ = try graph.log()
        #expect(try graph.log(["width=40"]) == ["cached picture", "run small"])
      }
    }

    @Test func anotherAutoencoderDecodesAgain() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        _ = try graph.log()
        let model = program.folder.appending(path: "model")
        try FileManager.default.copyItem(at: Program.model, to: model)
        try program.edit("model/vae/config.json") { $0.replace("0.37365", with: "0.5") }
        #expect(
          try graph.log(["eye=model"]) == [
            "cached sample", "load lens", "run picture", "run small",
          ])
      }
    }

    @Test func aCopyOfAModelIsTheSameModel() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        _ = try graph.log()
        try FileManager.default.copyItem(
          at: Program.model, to: program.folder.appending(path: "model"))
        #expect(try graph.log(["eye=model", "painter=model"]) == ["cached small"])
      }
    }

    @Test func anEditThatChangesNoContentStopsThere() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        _ = try graph.log()
        // The tokenizer drops the spaces, so that the conditioning is the same.
        let log = try graph.log(["prompt=a   smiling person "])
        #expect(log.filter { $0.hasPrefix("run") } == ["run positive"])
      }
    }

    @Test func aTitleIsNoPartOfAnything() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        _ = try graph.log()
        try graph.write { $0 = "# A remark\ntitle: Small\n" + $0 }
        #expect(try graph.log() == ["cached small"])
      }
    }

    @Test func aFlippedByteAnywhereIsAMiss() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        _ = try graph.log()
        let expected = try graph.picture()
        for (index, file) in try program.storedFiles().enumerated() {
          var bytes = try Data(contentsOf: file)
          bytes[bytes.startIndex + (index * 37) % bytes.count] ^= 0x10
          try bytes.write(to: file)
          try FileManager.default.removeItem(at: program.folder.appending(path: "out"))
          _ = try graph.log()
          #expect(try graph.picture() == expected, "\(file.path)")
        }
        let verified = try program.easel("cache", "verify")
        #expect(verified.status == 0 || verified.output.contains("removed"))
        #expect(try program.easel("cache", "verify").status == 0)
      }
    }

    @Test func theCacheCanBeLookedAfter() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        _ = try graph.log()
        let stats = try program.easel("cache", "stats", "--format", "json").events()
        #expect(try #require(stats.first?["objects"] as? Int) >= 5)
        #expect(try program.easel("cache", "prune", "--to", "0").status == 0)
        let empty = try program.easel("cache", "stats", "--format", "json").events()
        #expect(empty.first?["objects"] as? Int == 0)
        #expect(try graph.log() == Self.everything)
        #expect(try program.easel("cache", "clear").status == 0)
        #expect(try graph.log() == Self.everything)
      }
    }
  }
}
