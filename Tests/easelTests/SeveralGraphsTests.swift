import Foundation
import Testing

extension ProgramTests {
  struct SeveralGraphsTests {
    /// Portraits by several seeds, as small as they can be.
    private static func text(seeds: String, extra: String = "", output: String = "") -> String {
      """
      easel: 1
      inputs: { seeds: \(seeds) }
      nodes:
        checkpoint: { uses: load-checkpoint, model: default }
        positive: { uses: encode-text, encoder: "${checkpoint.encoder}", text: a portrait }
        canvas: { uses: empty-latent, width: 64, height: 64 }
        sample:
          uses: sample
          each: { seed: "${seeds}" }
          model: ${checkpoint.model}
          positive: ${positive}
          latent: ${canvas}
          steps: 1
        picture: { uses: decode-latent, each: { latent: "${sample}" }, vae: "${checkpoint.vae}" }
      \(extra)
      outputs:
        image: ${picture}
      \(output)

      """
    }

    private func events(_ program: Program, _ arguments: [String]) throws -> [[String: Any]] {
      let result = try program.easel(["run", "--json"] + arguments)
      #expect(result.status == 0, "\(result.errors)")
      return try result.events()
    }

    private func nodes(_ events: [[String: Any]], _ kind: String) -> [String] {
      events.filter { $0["event"] as? String == kind }.compactMap { $0["node"] as? String }.sorted()
    }

    @Test func oneMoreSeedRunsOneMoreElement() throws {
      try withFolder { program in
        try program.write(Self.text(seeds: "[1, 2]"), to: "a.yaml")
        _ = try events(program, ["a.yaml", "--out", "out"])
        let more = try events(program, ["a.yaml", "--out", "out", "--set", "seeds=[1, 7, 2]"])
        #expect(nodes(more, "finished") == ["picture[2]", "sample[2]"])
        #expect(
          try program.writtenFiles(in: "out") == ["image-01.png", "image-02.png", "image-03.png"])
      }
    }

    @Test func graphsThatRunTogetherShareModelsAndResults() throws {
      try withFolder { program in
        try program.write(Self.text(seeds: "[1, 2]"), to: "a.yaml")
        try program.write(Self.text(seeds: "[2, 3]"), to: "b.yaml")
        let together = try events(program, ["a.yaml", "b.yaml", "--no-cache", "--out", "both"])
        #expect(nodes(together, "loaded").count == 1)
        #expect(
          nodes(together, "finished").filter { $0.contains("sample") }
            == ["a:sample[1]", "a:sample[2]", "b:sample[2]"])
        for name in ["a", "b"] {
          _ = try events(program, ["\(name).yaml", "--no-cache", "--out", "alone/\(name)"])
          for number in 1...2 {
            let files = ["both", "alone"].map {
              program.folder.appending(path: "\($0)/\(name)/image-0\(number).png")
            }
            #expect(try Data(contentsOf: files[0]) == Data(contentsOf: files[1]))
          }
        }
      }
    }

    @Test func whatDoesNotDependOnAFailureIsSaved() throws {
      try withFolder { program in
        let broken = Self.text(
          seeds: "[1]",
          extra: """
              size: { uses: count, list: "${sample}" }
              wide:
                uses: resize-image
                image: ${picture-one}
                width: 16
                height: 16
              picture-one: { uses: pick, list: "${picture}" }
              missing: { uses: load-image, path: gone.png }
            """, output: "  wide: ${wide}\n  other: ${missing.image}")
        try program.write(broken, to: "a.yaml")
        let source = Program.root.appending(path: "Examples/portrait/expected.png")
        let picture = program.folder.appending(path: "gone.png")
        try Data(contentsOf: source).prefix(2000).write(to: picture)
        let stopped = try program.easel("run", "a.yaml", "--out", "stopped")
        #expect(stopped.status == 3)
        #expect(try program.writtenFiles(in: "stopped").isEmpty)
        let kept = try program.easel("run", "a.yaml", "--out", "kept", "--keep-going")
        #expect(kept.status == 3)
        #expect(kept.errors.contains("node `missing` failed"))
        #expect(try program.writtenFiles(in: "kept") == ["image-01.png", "wide.png"])
      }
    }

    @Test func twoFoldersOfOneNameAreRefused() throws {
      try withFolder { program in
        for folder in ["x", "y"] {
          try FileManager.default.createDirectory(
            at: program.folder.appending(path: folder), withIntermediateDirectories: true)
          try program.write(Self.text(seeds: "[1]"), to: "\(folder)/a.yaml")
        }
        let result = try program.easel("run", "x/a.yaml", "y/a.yaml", "--out", "out")
        #expect(result.status == 64)
        #expect(result.errors.contains("two of the graphs would be saved in out/a"))
      }
    }
  }
}
