import Foundation
import Testing

extension ProgramTests {
  /// The documented exit codes, and what is said and left with each.
  struct ExitCodeTests {
    @Test func aBrokenGraphIsOne() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program) { $0.replace("steps: ${steps}", with: "step: 3") }
        for command in ["check", "run", "plan", "explain"] {
          let result = try program.easel(command, graph.file.path)
          #expect(result.status == 1)
          #expect((result.output + result.errors).contains("small.yaml:21:5: error[unknown-port]"))
        }
        #expect(try program.storedFiles() == [])
      }
    }

    @Test func aNodeThatFailsIsThree() throws {
      try withFolder { program in
        let model = program.folder.appending(path: "model")
        try FileManager.default.copyItem(at: Program.model, to: model)
        let weights = model.appending(path: "unet/diffusion_pytorch_model.safetensors")
        try program.makeWeightsNoNumbers(in: weights)
        let graph = try SmallGraph(in: program)
        let result = try program.easel(
          "run", graph.file.path, "--set", "painter=model", "--out", "out")
        #expect(result.status == 3)
        #expect(result.errors.contains("node `sample` failed"))
        #expect(result.errors.contains("model/unet"))
        #expect(try program.writtenFiles(in: "out") == [])
      }
    }

    @Test func aWrongCommandLineIsSixtyFour() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        #expect(try program.easel("run").status == 64)
        #expect(try program.easel("run", graph.file.path, "--threads", "0").status == 64)
        #expect(try program.easel("run", graph.file.path, "--set", "steps").status == 64)
        #expect(try program.easel("run", graph.file.path, "--memory", "much").status == 64)
        let node = try program.easel("nodes", "sampel")
        #expect(node.status == 64)
        #expect(node.errors.contains("did you mean `sample`?"))
      }
    }

    @Test func unknownKernelsAreSixtyFour() throws {
      try withFolder { program in
        let result = try program.shell("EASEL_CPU=z80 easel nodes")
        #expect(result.status == 64)
        #expect(result.errors.contains("EASEL_CPU is `z80`"))
        #expect(try program.shell("EASEL_CPU=portable easel nodes").status == 0)
      }
    }

    @Test func aFolderThatCannotBeWrittenIsThree() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        try program.write("", to: "out")
        let result = try program.easel("run", graph.file.path, "--out", "out", "--quiet")
        #expect(result.status == 3)
        #expect(result.errors.contains("out"))
      }
    }

    @Test func aModelIsNoOutput() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program) {
          $0.replace("image: ${small}", with: "image: ${checkpoint.model}")
        }
        #expect(try program.easel("check", graph.file.path).status == 0)
        let result = try program.easel("run", graph.file.path)
        #expect(result.status == 1)
        #expect(
          result.errors.contains("the output `image` is a model<sdxl>, which cannot be saved"))
      }
    }

    @Test func aCacheThatCannotBeWrittenIsNoError() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        try program.write("", to: "cache")
        let result = try program.easel("run", graph.file.path, "--out", "out", "--quiet")
        #expect(result.status == 0)
        #expect(result.errors.split(separator: "\n").count { $0.hasPrefix("note: ") } == 1)
      }
    }
  }
}
