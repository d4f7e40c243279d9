import Foundation
import Imaging
import Testing

extension ProgramTests {
  /// `easel run --preview`: what is being sampled, as it becomes visible.
  struct PreviewTests {
    @Test func theLastPreviewLooksLikeThePicture() throws {
      try withFolder { program in
        let graph = try portrait(in: program)
        #expect(try program.easel(["run", graph, "--out", "good"] + short).status == 0)
        // What fails behind the sampler leaves the preview.
        let model = program.folder.appending(path: "model")
        try FileManager.default.copyItem(at: Program.model, to: model)
        let weights = model.appending(path: "vae/diffusion_pytorch_model.safetensors")
        try program.makeWeightsNoNumbers(in: weights)
        let failed = try program.easel(
          ["run", graph, "--out", "bad", "--preview", "--set", "eye=model"] + short)
        #expect(failed.status == 3)
        #expect(try program.writtenFiles(in: "bad") == ["sample.preview.png"])
        let preview = try program.picture("bad/sample.preview.png")
        let drawn = try program.picture("good/image.png")
          .resized(toWidth: preview.width, height: preview.height, filter: .area)
        #expect(preview.width == 64)
        #expect(correlation(preview.pixels.elements, drawn.pixels.elements) > 0.8)
      }
    }

    @Test func previewsComeEverySoOftenChangeNothingAndGo() throws {
      try withFolder { program in
        let graph = try portrait(in: program)
        let plain = try program.easel(["run", graph, "--out", "out"] + short)
        #expect(plain.status == 0)
        let expected = try Data(contentsOf: program.folder.appending(path: "out/image.png"))
        let events = try program.easel(
          ["run", graph, "--out", "out", "--json", "--preview-every", "3"] + short
        ).events()
        let steps = events.filter { $0["event"] as? String == "step" }
        #expect(
          steps.filter { $0["preview"] as? String == "out/sample.preview.png" }
            .map { $0["step"] as? Int } == [3, 6, 8])
        #expect(try program.writtenFiles(in: "out") == ["image.png"])
        #expect(
          try Data(contentsOf: program.folder.appending(path: "out/image.png")) == expected)
      }
    }

    @Test func anIntervalIsAtLeastOne() throws {
      try withFolder { program in
        let graph = try portrait(in: program)
        #expect(try program.easel("run", graph, "--preview-every", "0").status == 64)
      }
    }

    private let short = ["--set", "steps=8", "--no-cache", "--quiet"]

    /// The example, with an autoencoder that can be another one.
    private func portrait(in program: Program) throws -> String {
      let example = Program.root.appending(path: "Examples/portrait/graph.yaml")
      try program.write(String(contentsOf: example, encoding: .utf8), to: "graph.yaml")
      try program.edit("graph.yaml") {
        $0.replace("inputs:\n", with: "inputs:\n  eye: { type: path, default: default }\n")
        $0.replace("${checkpoint.vae}", with: "${lens.vae}")
        $0.replace(
          "nodes:\n", with: "nodes:\n  lens: { uses: load-checkpoint, model: \"${eye}\" }\n")
      }
      return "graph.yaml"
    }

    /// Pearson's.
    private func correlation(_ a: [Float], _ b: [Float]) -> Float {
      let (meanA, meanB) = (a.reduce(0, +) / Float(a.count), b.reduce(0, +) / Float(b.count))
      let pairs = zip(a, b).map { ($0 - meanA, $1 - meanB) }
      func sum(_ value: ((Float, Float)) -> Float) -> Float { pairs.reduce(0) { $0 + value($1) } }
      return sum { $0 * $1 } / (sum { $0.0 * $0.0 } * sum { $0.1 * $0.1 }).squareRoot()
    }
  }
}
