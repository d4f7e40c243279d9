import Foundation
import Testing

extension ProgramTests {
  /// `easel run --trace`: a file that Perfetto opens, whatever becomes of the run.
  struct TraceTests {
    @Test func kernelsLieInStepsAndStepsInNodes() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        let result = try program.easel(
          "run", graph.file.path, "--out", "out", "--trace", "traces/run.json", "--quiet")
        #expect(result.status == 0, "\(result.errors)")
        let trace = try Trace(program.folder.appending(path: "traces/run.json"))
        #expect(trace.spans("run").map(\.name).sorted() == ["check and plan", "run"])
        // Two checkpoints that are the same are opened as one.
        let names = Set(trace.spans("node").map(\.name)).subtracting(["lens"])
        #expect(
          names == [
            "canvas", "checkpoint", "picture", "positive", "sample", "small", "unwanted",
          ])
        #expect(trace.spans("step").map(\.name) == (1...3).map { "step \($0) of 3" })
        let kernels = Set(trace.spans("kernel").map(\.name))
        #expect(
          kernels.isSuperset(of: [
            "gemm", "convolution", "patches", "attention", "group norm", "layer norm",
            "activation", "upsampling", "weights",
          ]), "\(kernels)")
        let nodes = trace.spans("node")
        let sample = try #require(nodes.first { $0.name == "sample" })
        #expect(trace.spans("step").allSatisfy { $0.lies(in: [sample]) })
        #expect(trace.spans("kernel").filter(\.isInNodes).allSatisfy { $0.lies(in: nodes) })
        let sampled = trace.spans("kernel").filter {
          $0.name == "attention" && $0.lies(in: [sample])
        }
        #expect(sampled.count > 10)
        #expect(sampled.allSatisfy { $0.lies(in: trace.spans("step")) })
      }
    }

    @Test func whatIsOnATrackIsNested() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        _ = try program.easel("run", graph.file.path, "--out", "out", "--trace", "run.json")
        let trace = try Trace(program.folder.appending(path: "run.json"))
        for track in Dictionary(grouping: trace.spans, by: \.track).values {
          var open: [Trace.Span] = []
          // In the order of the file, in which what is around stands before what is inside.
          for span in track {
            while let last = open.last, last.end <= span.start, span != last { open.removeLast() }
            if let around = open.last { #expect(span.lies(in: [around]), "\(span) in \(around)") }
            open.append(span)
          }
        }
        #expect(Set(trace.spans.map(\.track)).isSubset(of: trace.namedTracks))
        for counter in ["held values", "resident memory"] {
          #expect(trace.counter(counter).contains { $0 > 0 }, "\(counter)")
        }
      }
    }

    @Test func aCachedRunSaysWhatWasReadAndWritten() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        let run = { (name: String) in
          _ = try program.easel("run", graph.file.path, "--out", "out", "--trace", name)
          return try Trace(program.folder.appending(path: name))
        }
        let first = try run("first.json")
        #expect(first.spans("cache").filter { $0.name == "write to cache" }.count == 6)
        #expect(
          first.spans("cache").filter(\.isInNodes).allSatisfy { $0.lies(in: first.spans("node")) })
        let second = try run("second.json")
        #expect(second.instants.contains("small cached"))
        #expect(second.spans("cache").map(\.name) == ["read small"])
        #expect(second.spans("node").isEmpty)
      }
    }

    @Test func aFailedRunLeavesATrace() throws {
      try withFolder { program in
        let bytes = try Data(
          contentsOf: Program.root.appending(path: "Examples/portrait/expected.png"))
        try bytes.prefix(bytes.count / 2).write(to: program.folder.appending(path: "cut.png"))
        let graph = try SmallGraph(in: program) {
          $0.replace(
            "small: { uses: resize-image, image: \"${picture}\"",
            with:
              "cut: { uses: load-image, path: cut.png }\n  small: { uses: resize-image, image: \"${cut.image}\""
          )
        }
        let result = try program.easel("run", graph.file.path, "--trace", "run.json")
        #expect(result.status == 3)
        let trace = try Trace(program.folder.appending(path: "run.json"))
        #expect(trace.spans("node").contains { $0.name == "cut" })
        #expect(trace.instants.contains("cut failed"))
      }
    }

    @Test func anInterruptedRunLeavesATrace() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        let process = try program.start(
          ["run", graph.file.path, "--set", "steps=1000", "--trace", "run.json"])
        Thread.sleep(forTimeInterval: 1)
        process.interrupt()
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        let trace = try Trace(program.folder.appending(path: "run.json"))
        #expect(trace.spans("run").contains { $0.name == "run" })
      }
    }

    @Test func aTraceThatCannotBeWrittenIsThree() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        try program.write("", to: "file")
        let result = try program.easel("run", graph.file.path, "--trace", "file/run.json")
        #expect(result.status == 3)
        #expect(result.errors.contains("file"))
      }
    }

    @Test func tracingChangesNoByte() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        let pictures = try [[], ["--trace", "run.json"]].map { options in
          _ = try program.easel(["run", graph.file.path, "--no-cache", "--out", "out"] + options)
          return try graph.picture()
        }
        #expect(pictures[0] == pictures[1])
      }
    }
  }
}
