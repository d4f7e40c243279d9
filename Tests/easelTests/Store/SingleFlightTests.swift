import Foundation
import Testing

extension ProgramTests {
  /// Two programs at work on the same graph and the same cache.
  struct SingleFlightTests {
    private static let pure = ["canvas", "picture", "positive", "sample", "small", "unwanted"]

    /// What two runs left behind: the names of the nodes that each computed, and their pictures.
    private struct Pair {
      var finished: [[String]]
      var pictures: [Data?]
      var errors: String
    }

    /// - Parameters:
    ///   - offset: how long after the first run the second begins, in seconds.
    ///   - killing: after how long the first one is killed, in seconds; nil for not at all.
    private func runTwice(
      _ graph: SmallGraph, offset: Double, killing: Double? = nil, flags: String = ""
    ) throws -> Pair {
      let run = "easel run '\(graph.file.path)' --json --set steps=8 \(flags)"
      let result = try graph.program.shell(
        """
        \(run) --out a > a.json & first=$!
        sleep \(offset)
        \(run) --out b > b.json & second=$!
        \(killing.map { "sleep \($0); kill -KILL $first || true" } ?? "wait $first")
        wait $second
        wait $first || true
        """)
      guard result.status == 0 else { throw SmallGraph.Failed(errors: result.errors) }
      return Pair(
        finished: try ["a.json", "b.json"].map { try finished(in: graph.program, $0) },
        pictures: ["a", "b"].map {
          try? Data(contentsOf: graph.program.folder.appending(path: "\($0)/image.png"))
        },
        errors: result.errors)
    }

    /// The last line of a program that was killed may be a part of one.
    private func finished(in program: Program, _ name: String) throws -> [String] {
      let text = try String(contentsOf: program.folder.appending(path: name), encoding: .utf8)
      return text.split(separator: "\n").compactMap { line in
        let event = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return event?["event"] as? String == "finished" ? event?["node"] as? String : nil
      }
    }

    @Test(arguments: [0, 0, 0, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3])
    func eachNodeIsComputedOnce(offset: Double) throws {
      try withFolder { program in
        let pair = try runTwice(SmallGraph(in: program), offset: offset)
        #expect(pair.finished.joined().sorted() == Self.pure, "\(pair.finished)")
        #expect(pair.pictures[0] != nil && pair.pictures[0] == pair.pictures[1])
        #expect(pair.errors == "")
      }
    }

    /// The killed one lets go of its locks, and the other does what is left.
    @Test(arguments: [0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3])
    func theOtherTakesOver(killing: Double) throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        let clean = try runTwice(graph, offset: 0, flags: "--no-cache")
        #expect(clean.finished.map { $0.sorted() } == [Self.pure, Self.pure])
        let pair = try runTwice(graph, offset: 0.01, killing: killing)
        #expect(pair.pictures[1] == clean.pictures[1])
        #expect(Set(pair.finished[0]).isDisjoint(with: pair.finished[1]), "\(pair.finished)")
        // What the killed one was writing is swept once nobody can be writing it any more.
        #expect(try program.easel("cache", "verify").status == 0)
      }
    }
  }
}
