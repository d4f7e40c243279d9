import Foundation
import Testing

@testable import Engine

extension ProgramTests {
  /// Models of the size of real ones, in files that take no room on the disk.
  struct LargeModelTests {
    /// A copy of the model that comes with the program, whose UNet has a file of `size` bytes, and a graph with it.
    private func addModel(of size: Int, to program: Program) throws -> URL {
      let model = program.folder.appending(path: "models/large")
      try FileManager.default.createDirectory(
        at: program.folder.appending(path: "models"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: Program.model, to: model)
      let file = model.appending(path: "unet/diffusion_pytorch_model.safetensors")
      try program.enlarge(file, to: size)
      _ = try SmallGraph(in: program) {
        $0.replace(
          "painter: { type: path, default: default }",
          with: "painter: { type: path, default: large }")
      }
      return file
    }

    /// Puts the digest of a file into the cache folder as if it had been read.
    private func remember(_ file: URL, in program: Program) throws {
      let store = Store(folder: program.folder.appending(path: "cache").path)
      let path = Files.realPath(file.path)
      let entry = FileTable.Entry(
        stamp: try Files.stamp(of: path), digest: Hash256(of: [1]), hashed: .max)
      try store.fileTable.save([path: entry])
    }

    private func seconds(_ body: () throws -> Program.Result) rethrows -> (Double, Program.Result) {
      let start = ContinuousClock.now
      let result = try body()
      return (start.duration(to: .now) / .seconds(1), result)
    }

    @Test func aModelThatIsKnownIsNotReadAgain() throws {
      try withFolder { program in
        let file = try addModel(of: 7_000_000_000, to: program)
        try remember(file, in: program)
        // Reading the file would take several seconds. The program starts in less than a tenth of one, but on a
        // machine that has other things to do.
        for command in ["check", "plan"] {
          let (seconds, result) = try seconds {
            try program.shell("EASEL_MODELS=models easel \(command) small.yaml")
          }
          #expect(result.status == 0, "\(result.output)\(result.errors)")
          #expect(!result.errors.contains("hashed"))
          #expect(seconds < 1.5, "\(command)")
        }
      }
    }

    @Test func theReadingOfAModelIsToldOfAndCanBeInterrupted() throws {
      try withFolder { program in
        _ = try addModel(of: 5_000_000_000, to: program)
        let result = try program.shell(
          """
          EASEL_MODELS=models easel run small.yaml --json >events 2>errors & run=$!
          until grep -q hashing events; do sleep 0.02; kill -0 $run; done
          kill -INT $run; wait $run || exit $?
          """)
        #expect(result.status == 130)
        let events = try program.shell("head -n 1 events").events()
        let event = try #require(events.first)
        #expect(event["event"] as? String == "hashing")
        #expect((event["total"] as? Int ?? 0) > 5_000_000_000)
        #expect((event["bytes"] as? Int ?? 0) > 0)
      }
    }
  }
}
