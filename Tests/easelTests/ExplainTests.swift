import Foundation
import Testing

extension ProgramTests {
  /// `easel explain`, in a process of its own after each run.
  struct ExplainTests {
    private func lines(_ program: Program, _ arguments: String...) throws -> [String] {
      let result = try program.easel(["explain"] + arguments)
      #expect(result.status == 0, "\(result.errors)")
      return result.output.split(separator: "\n").map(String.init)
    }

    @Test func whatWillRunIsExplainedCausesFirst() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        #expect(
          try lines(program, graph.file.path).first
            == "`checkpoint` will be loaded for `positive`: it never ran before")
        _ = try graph.log()
        #expect(
          try lines(program, graph.file.path) == [
            "nothing will run: all outputs come from the store"
          ])
        let steps = "`steps` was 3, is 2"
        let unless = "will run, unless what comes in turns out to be the same"
        let tail = "comes from `sample`, which changed: \(steps)"
        #expect(
          try lines(program, graph.file.path, "--set", "steps=2") == [
            "`sample` will run: \(steps)", "`picture` \(unless): its input `latent` \(tail)",
            "`small` \(unless): its input `image` comes from `picture`, its `latent` "
              + tail.dropFirst(6),
          ])
      }
    }

    @Test func oneNodeIsExplained() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        _ = try graph.log()
        let model = program.folder.appending(path: "model")
        try FileManager.default.copyItem(at: Program.model, to: model)
        try program.edit("model/vae/config.json") { $0.replace("0.37365", with: "0.5") }
        let file = graph.file.path
        #expect(
          try lines(program, file, "lens", "sample", "--set", "eye=model") == [
            "`lens` will be loaded for `picture`: `model` was `default`, is `model`",
            "`sample` comes from the store: nothing that it depends on changed since "
              + (try lines(program, file, "small").first ?? "").suffix(16),
          ])
      }
    }

    @Test func programsGetTheRootCause() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        _ = try graph.log()
        let entry = try #require(
          try program.easel(
            "explain", graph.file.path, "small", "--set", "prompt=a sad person", "--format", "json"
          ).events().first)
        #expect(entry["node"] as? String == "small")
        #expect(entry["state"] as? String == "maybe")
        #expect(entry["condition"] as? String == "content")
        #expect(entry["cause"] as? String == "input")
        #expect(entry["chain"] as? [String] == ["picture", "sample", "positive"])
        #expect(entry["root"] as? String == "positive")
        #expect(entry["port"] as? String == "text")
        #expect(entry["was"] as? String == "a smiling person")
        #expect(entry["is"] as? String == "a sad person")
        #expect((entry["sentence"] as? String)?.hasPrefix("`small` will run, unless") == true)
      }
    }

    @Test func exitCodesAreAsDocumented() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        let unknown = try program.easel("explain", graph.file.path, "smaple")
        #expect(unknown.status == 64)
        #expect(unknown.errors.contains("no node `smaple`; did you mean `sample`?"))
        #expect(try program.easel("explain").status == 64)
        let missing = try program.easel("explain", graph.file.path, "--set", "painter=nowhere")
        #expect(missing.status == 1)
        try graph.write { $0.replace("steps: ${steps}", with: "step: 3") }
        #expect(try program.easel("explain", graph.file.path).status == 1)
        #expect(try program.storedFiles() == [])
      }
    }

    @Test func elementsAreNamedTogetherOrAlone() throws {
      try withFolder { program in
        try program.write(
          """
          easel: 1
          nodes:
            canvas: { uses: empty-latent, each: { width: [64, 72] }, height: 64 }
            checkpoint: { uses: load-checkpoint, model: default }
            picture: { uses: decode-latent, vae: "${checkpoint.vae}", each: { latent: "${canvas}" } }
          outputs:
            all: ${picture}

          """, to: "many.yaml")
        #expect(try program.easel("run", "many.yaml", "--quiet").status == 0)
        try program.edit("many.yaml") { $0.replace("[64, 72]", with: "[80, 64, 72]") }
        #expect(
          try lines(program, "many.yaml", "canvas").prefix(1)
            == ["`canvas[1]` will run: `width` 80 is new"])
        #expect(try lines(program, "many.yaml", "canvas").count == 3)
        #expect(
          try lines(program, "many.yaml", "picture[1]").first?.hasSuffix(
            "comes from `canvas[1]`, which changed: `width` 80 is new") == true)
      }
    }
  }
}
