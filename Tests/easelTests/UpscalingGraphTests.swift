import Foundation
import Imaging
import Testing

extension ProgramTests {
  /// The graph that enlarges by tiles.
  struct UpscalingGraphTests {
    /// The portrait, enlarged and drawn anew.
    private func graph(_ ports: String) -> String {
      """
      easel: 1
      nodes:
        picture: { uses: load-image, path: portrait.png }
        upscale: { uses: graphs/upscale-tiled, image: "${picture.image}", prompt: a smiling person, \(ports) }
      outputs: { image: "${upscale.image}" }

      """
    }

    /// Of much that is drawn anew, a tile without a ControlNet becomes what the prompt says of the whole.
    @Test func aControlNetKeepsTilesWhatTheyAre() throws {
      try withFolder { program in
        try program.copyPortrait(to: "portrait.png")
        let enlarged = try program.picture("portrait.png").resized(toWidth: 192, height: 192)
        let closeness = try [1, 0].map { strength in
          let ports = "scale: 1.5, steps: 4, denoise: 0.8, strength: \(strength)"
          try program.write(graph(ports), to: "graph.yaml")
          let result = try program.easel("run", "graph.yaml", "--out", "out")
          #expect(result.status == 0, "\(result.errors)")
          return try program.picture("out/image.png").peakSignalToNoiseRatio(to: enlarged)
        }
        #expect(closeness[0] > 23 && closeness[1] < 18, "\(closeness)")
      }
    }

    /// A model for which there is no ControlNet can do without.
    @Test(arguments: [("1", false), ("0", true)])
    func withoutStrengthNoControlNetIsAskedFor(strength: String, isRight: Bool) throws {
      let model = Program.root.appending(path: "Tests/DiffusionTests/Fixtures/models/sd1").path
      try withFolder { program in
        try program.copyPortrait(to: "portrait.png")
        try program.write(graph("model: \(model), strength: \(strength)"), to: "graph.yaml")
        let result = try program.easel("check", "graph.yaml")
        #expect((result.status == 0) == isRight, "\(result.output)")
      }
    }
  }
}
