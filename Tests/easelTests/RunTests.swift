import Foundation
import Imaging
import Testing

extension ProgramTests {
  struct RunTests {
    @Test func theNumberOfThreadsChangesNoByte() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        let pictures = try [1, 2, 5].map { threads in
          let result = try program.easel(
            "run", graph.file.path, "--no-cache", "--out", "out", "--threads", "\(threads)")
          #expect(result.status == 0)
          return try graph.picture()
        }
        #expect(Set(pictures).count == 1)
      }
    }

    @Test func thePictureSaysHowItWasMade() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        _ = try graph.log(["prompt=a smiling person with \"grüne\" Haare"])
        let picture = try Picture(readingFrom: program.folder.appending(path: "out/image.png").path)
        let text = try #require(picture.text.first { $0.keyword == "easel" }?.text)
        let record = try #require(
          try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let sources = try #require(record["sources"] as? [String: String])
        let inputs = try #require(record["inputs"] as? [String: String])
        let files = try #require(record["files"] as? [[String: String]])
        #expect(sources == ["small.yaml": SmallGraph.text])
        #expect(record["graph"] as? String == "small.yaml")
        #expect(inputs["prompt"] == "a smiling person with \"grüne\" Haare")
        #expect(inputs["steps"] == "3")
        #expect(files.map { $0["path"] } == ["default", "default"])
        #expect(files.allSatisfy { $0["sha256"]?.count == 64 })
      }
    }

    @Test func standardOutputIsEventsAloneWithJSON() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        let result = try program.easel("run", graph.file.path, "--json", "--out", "out")
        let events = try result.events()
        #expect(events.first?["event"] as? String == "planned")
        #expect(events.last?["event"] as? String == "saved")
        #expect(events.last?["path"] as? String == "out/image.png")
        let steps = events.filter { $0["event"] as? String == "step" }
        #expect(steps.map { $0["step"] as? Int } == [1, 2, 3])
        #expect(result.errors == "")
      }
    }

    @Test func pipedProgressIsPlainLines() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        let result = try program.easel("run", graph.file.path, "--out", "out")
        #expect(!result.errors.contains("\u{1B}"))
        #expect(result.errors.contains(/sample  \d+\.\d+ s\n/))
        #expect(result.output == "out/image.png\n")
      }
    }

    @Test func aPictureGoesThroughTheAutoencoderAndBack() throws {
      try withFolder { program in
        try program.write(
          """
          easel: 1
          inputs: { photo: { type: path, default: photo.png } }
          nodes:
            checkpoint: { uses: load-checkpoint }
            picture: { uses: load-image, path: "${photo}" }
            latent: { uses: encode-image, vae: "${checkpoint.vae}", image: "${picture.image}" }
            redrawn: { uses: decode-latent, vae: "${checkpoint.vae}", latent: "${latent}" }
          outputs:
            image: ${redrawn}
            alpha: ${picture.alpha}
            latent: ${latent}
          """, to: "graph.yaml")
        try program.copyPortrait(to: "photo.png")
        let result = try program.easel("run", "graph.yaml", "--quiet")
        #expect(result.output == "image.png\nalpha.png\nlatent.safetensors\n")
        let redrawn = try Picture(readingFrom: program.folder.appending(path: "image.png").path)
        let photo = try Picture(readingFrom: program.folder.appending(path: "photo.png").path)
        #expect(psnr(redrawn.image, photo.image) > 25)
      }
    }

    @Test func aGraphThatComesWithEaselIsANode() throws {
      try withFolder { program in
        try program.write(
          """
          easel: 1
          nodes:
            draw: { uses: graphs/text-to-image, prompt: a smiling person, steps: 2, width: 64, height: 64 }
          outputs: { image: "${draw.image}" }
          """, to: "graph.yaml")
        let result = try program.easel("run", "graph.yaml", "--out", "out")
        #expect(result.status == 0, "\(result.errors)")
      }
    }

    private func psnr(_ a: Image, _ b: Image) -> Double {
      guard a.pixels.shape == b.pixels.shape else { return -.infinity }
      let squares = zip(a.pixels.elements, b.pixels.elements).map { Double(($0 - $1) * ($0 - $1)) }
      return -10 * log10(squares.reduce(0, +) / Double(squares.count))
    }
  }
}
