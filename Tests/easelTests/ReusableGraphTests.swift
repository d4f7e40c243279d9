import Foundation
import Imaging
import Testing

extension ProgramTests {
  /// The graphs that others use as nodes.
  struct ReusableGraphTests {
    private static let portrait = Program.root.appending(path: "Examples/portrait/expected.png")

    /// Runs a graph around a node that works on the example's portrait, and gives what comes out.
    private func edit(_ node: String, mask: String = "", in program: Program) throws -> Image {
      try program.write(
        """
        easel: 1
        nodes:
          picture: { uses: load-image, path: portrait.png }
          \(mask)
          edit: { \(node), image: "${picture.image}", prompt: a smiling person, steps: 4 }
        outputs: { image: "${edit.image}" }

        """, to: "graph.yaml")
      try program.copyPortrait(to: "portrait.png")
      let result = try program.easel("run", "graph.yaml", "--out", "out")
      #expect(result.status == 0, "\(result.errors)")
      return try program.picture("out/image.png")
    }

    @Test func theLessIsMadeAnewTheCloserAPictureStays() throws {
      try withFolder { program in
        let before = try Picture(readingFrom: Self.portrait.path).image
        let closeness = try [0.25, 0.5, 1].map { denoise in
          try edit("uses: graphs/image-to-image, denoise: \(denoise)", in: program)
            .peakSignalToNoiseRatio(to: before)
        }
        #expect(closeness == closeness.sorted(by: >), "\(closeness)")
        #expect(closeness[0] > 20 && closeness[2] < 15, "\(closeness)")
      }
    }

    /// A grey of a soft mask lets that much of the run make its place anew, and none of the old be mixed in.
    @Test func aSoftMaskKeepsMoreWhereItIsDarker() throws {
      try withFolder { program in
        let before = try Picture(readingFrom: Self.portrait.path).image
        let closeness = try [0.2, 0.6, 1].map { (grey: Float) in
          let mask = Image(pixels: .init([128, 128, 3], repeating: grey))
          try Data(PNG.encode(mask)).write(to: program.folder.appending(path: "grey.png"))
          return try edit(
            #"uses: graphs/inpaint, denoise: 1, mask: "${grey}", soft: true"#,
            mask: "grey: { uses: load-mask, path: grey.png }", in: program
          ).peakSignalToNoiseRatio(to: before)
        }
        #expect(closeness == closeness.sorted(by: >), "\(closeness)")
        #expect(closeness[0] > 20 && closeness[2] < 15, "\(closeness)")
      }
    }

    @Test func aFinalIsDrawnWhereItIsWanted() throws {
      try withFolder { program in
        let graph = Program.root.appending(path: "Graphs/draft-and-final.yaml").path
        let settings = ["prompt=a cap", "rounds=2", "width=64", "height=64"]
        let arguments = settings.flatMap { ["--set", $0] }
        for (finish, files) in [("false", ["draft.png"]), ("true", ["draft.png", "final.png"])] {
          let result = try program.easel(
            ["run", graph, "--out", finish, "--set", "finish=\(finish)"] + arguments)
          #expect(result.status == 0, "\(result.errors)")
          #expect(try program.writtenFiles(in: finish) == files)
        }
      }
    }
  }
}
