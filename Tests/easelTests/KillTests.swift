import Foundation
import Testing

extension ProgramTests {
  /// The program ended by force, and by asking.
  struct KillTests {
    @Test func aKilledRunLeavesAStoreThatWorks() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        let clean = try program.easel(
          "run", graph.file.path, "--no-cache", "--quiet", "--out", "clean")
        #expect(clean.status == 0)
        let expected = try Data(contentsOf: program.folder.appending(path: "clean/image.png"))
        // The moments differ from run to run, as those of real kills do; the property holds for all.
        for _ in 0..<20 {
          try? FileManager.default.removeItem(at: program.folder.appending(path: "cache"))
          let process = try program.start([
            "run", graph.file.path, "--out", "out", "--set", "steps=3",
          ])
          Thread.sleep(forTimeInterval: .random(in: 0.005...0.25))
          kill(process.processIdentifier, SIGKILL)
          process.waitUntilExit()
          _ = try graph.log()
          #expect(try graph.picture() == expected)
        }
      }
    }

    @Test func anInterruptedRunEndsWithinAStep() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        let process = try program.start(
          ["run", graph.file.path, "--out", "out", "--set", "steps=1000"])
        Thread.sleep(forTimeInterval: 1)
        let start = Date()
        process.interrupt()
        process.waitUntilExit()
        #expect(Date().timeIntervalSince(start) < 2)
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 130)
        #expect(
          !FileManager.default.fileExists(
            atPath: program.folder.appending(path: "out/image.png").path))
        // What was finished before is in the store.
        let log = try graph.log()
        #expect(log.contains("cached canvas") && log.contains("cached unwanted"))
      }
    }
  }
}
