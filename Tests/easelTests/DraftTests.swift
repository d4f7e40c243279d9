import Foundation
import Imaging
import Testing

extension ProgramTests {
  /// `graphs/draft` and `graphs/final`: what the one has shown, the other draws, without doing anything twice.
  struct DraftTests {
    private func draw(_ name: String, in program: Program) throws -> [[String: Any]] {
      let result = try program.easel(
        "run", Program.root.appending(path: "Graphs/\(name).yaml").path, "--set",
        "prompt=a smiling person", "--set", "seed=7", "--set", "rounds=2", "--out", name, "--json")
      #expect(result.status == 0, "\(result.errors)")
      return try result.events()
    }

    private func ran(_ events: [[String: Any]]) -> Set<String> {
      Set(
        events.filter { $0["event"] as? String == "started" }.compactMap { $0["node"] as? String })
    }

    @Test func aFinalGoesOnFromItsDraft() throws {
      try withFolder { program in
        let draft = ran(try draw("draft", in: program))
        #expect(draft.isSuperset(of: ["composition", "rest", "picture"]))
        let final = ran(try draw("final", in: program))
        #expect(final.isSuperset(of: ["rest", "picture"]))
        #expect(final.isDisjoint(with: ["composition", "positive", "unwanted", "canvas"]))
      }
    }

    /// Eight steps, of which the draft's four are the first.
    @Test func aFinalIsARunWithoutADraft() throws {
      try withFolder { program in
        _ = try draw("final", in: program)
        try program.write(
          """
          easel: 1
          nodes:
            checkpoint: { uses: load-checkpoint }
            positive: { uses: encode-text, encoder: "${checkpoint.encoder}", text: a smiling person }
            unwanted: { uses: encode-text, encoder: "${checkpoint.encoder}", text: "" }
            canvas: { uses: empty-latent, width: 128, height: 128 }
            sample:
              uses: sample
              model: ${checkpoint.model}
              positive: ${positive}
              negative: ${unwanted}
              latent: ${canvas}
              seed: 7
              steps: 8
              cfg: 5
              schedule: sgm_uniform
            picture: { uses: decode-latent, vae: "${checkpoint.vae}", latent: "${sample}" }
          outputs: { image: "${picture}" }

          """, to: "whole.yaml")
        let whole = try program.easel("run", "whole.yaml", "--out", "whole", "--json")
        let final = try program.easel(
          "run", Program.root.appending(path: "Graphs/final.yaml").path, "--set",
          "prompt=a smiling person", "--set", "seed=7", "--set", "rounds=2", "--out", "final")
        #expect(whole.status == 0 && final.status == 0)
        let pixels = try ["whole", "final"].map {
          try program.picture("\($0)/image.png").pixels.elements
        }
        #expect(pixels[0] == pixels[1])
      }
    }
  }
}
