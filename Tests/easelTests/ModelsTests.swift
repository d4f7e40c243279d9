import Foundation
import Testing

extension ProgramTests {
  /// Models that graphs name, and `easel models`.
  struct ModelsTests {
    /// A tree of models in the folder, and the environment that names it.
    private func addModels(to program: Program) throws -> String {
      for folder in ["models/checkpoints/xl", "models/loras"] {
        try FileManager.default.createDirectory(
          at: program.folder.appending(path: folder), withIntermediateDirectories: true)
      }
      try FileManager.default.createSymbolicLink(
        at: program.folder.appending(path: "models/checkpoints/xl/drawn"),
        withDestinationURL: Program.model)
      try program.write("0123456789", to: "models/loras/ink.safetensors")
      return "EASEL_MODELS=models HF_HUB_CACHE=hub "
    }

    @Test func theModelsAreListed() throws {
      try withFolder { program in
        let easel = try addModels(to: program) + "easel "
        let list = try program.shell(easel + "models")
        #expect(list.status == 0)
        #expect(list.output.starts(with: /name +kind +family +size +sha256 +path\n/))
        #expect(list.output.contains(/default +checkpoint +sdxl +\d+.\d MiB +- +\//))
        #expect(list.output.contains(/xl\/drawn +checkpoint +sdxl +\d+.\d MiB +- +\/.*\/xl\/drawn/))
        #expect(list.output.contains(/default +upscaler .*\/companions\/upscale_models\//))
        #expect(list.output.contains(/ink +lora +- +10 B +- +\/.*ink.safetensors/))
        let loras = try program.shell(easel + "models --kind lora --hash")
        #expect(loras.output.contains(/ink +lora +- +10 B +84d89877f0d4\ /))
        #expect(!loras.output.contains("drawn"))
        #expect(try program.shell(easel + "models --kind nonsense || exit $?").status == 64)
      }
    }

    @Test func theListIsForProgramsToo() throws {
      try withFolder { program in
        let easel = try addModels(to: program) + "easel "
        let lines = try program.shell(easel + "models --format json --hash").events()
        let drawn = try #require(lines.first { $0["name"] as? String == "xl/drawn" })
        #expect(drawn["kind"] as? String == "checkpoint")
        #expect(drawn["family"] as? String == "sdxl")
        #expect((drawn["sha256"] as? String)?.count == 64)
        #expect((drawn["bytes"] as? Int ?? 0) > 1_000_000)
        let own = lines.first { $0["name"] as? String == "default" }
        #expect(own?["sha256"] as? String == drawn["sha256"] as? String)
      }
    }

    @Test func aFolderThatIsNotThereIsTold() throws {
      try withFolder { program in
        let result = try program.shell("EASEL_MODELS=nowhere HF_HUB_CACHE=hub easel models")
        #expect(result.status == 0)
        #expect(result.errors.contains("/nowhere, which EASEL_MODELS names, is not there"))
        let others = result.output.split(separator: "\n").filter { !$0.contains("/companions/") }
        #expect(others.count == 2)
      }
    }

    @Test func aModelThatCannotBeReadIsOne() throws {
      try withFolder { program in
        let easel = try addModels(to: program) + "easel "
        try program.write("a: [\n", to: "models/extra_model_paths.yaml")
        let result = try program.shell(easel + "models || exit $?")
        #expect(result.status == 1)
        #expect(result.errors.contains("models/extra_model_paths.yaml:2:1"))
      }
    }

    @Test(arguments: ["drawn", "sha256"]) func aGraphRunsWithAModelThatItNames(name: String) throws
    {
      try withFolder { program in
        let variables = try addModels(to: program)
        var written = name
        if name == "sha256" {
          let models = try program.shell(variables + "easel models --format json --hash").events()
          let drawn = models.first { $0["name"] as? String == "xl/drawn" }
          written = "sha256:" + (drawn?["sha256"] as? String ?? "").prefix(10)
        }
        _ = try SmallGraph(in: program)
        let set = " small.yaml --set painter=\(written) --set steps=1 --out "
        let run = try program.shell(variables + "easel run" + set + "out")
        #expect(run.status == 0, "\(run.errors)")
        let again = try program.shell(variables + "easel run out/image.png --out again")
        #expect(again.status == 0, "\(again.errors)")
        let moved = try program.shell("HF_HUB_CACHE=hub easel run out/image.png || exit $?")
        #expect(moved.status == 1)
        #expect(moved.errors.contains(written))
      }
    }

    @Test func aCheckReadsNoModelWhole() throws {
      try withFolder { program in
        let variables = try addModels(to: program)
        _ = try SmallGraph(in: program) {
          $0.replace(
            "eye: { type: path, default: default }",
            with: "eye: { type: path, default: sha256:00000000 }")
        }
        let result = try program.shell(variables + "easel check small.yaml || exit $?")
        #expect(result.status == 1)
        #expect(
          result.output.contains("1 have not been read yet: `easel models --hash` reads them"))
        #expect(try program.storedFiles() == [])
      }
    }
  }
}
