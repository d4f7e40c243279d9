import Foundation
import Testing

extension ProgramTests {
  /// `easel check`: what it warns of, what `--deny` makes of that, and the types that it shows.
  struct LintTests {
    private static let untidy = """
      easel: 1
      inputs: { spare: 3 }
      nodes:
        canvas: { uses: empty-latent, width: 64, height: 32 }
        other: { uses: empty-latent }
      outputs: { latent: "${canvas}" }
      """

    private static let denied: [(arguments: [String], status: Int32, severities: [String])] = [
      ([], 0, ["warning", "warning"]), (["--deny", "unused-node"], 1, ["warning", "error"]),
      (["--deny", "unused-node", "--deny", "unused-input"], 1, ["error", "error"]),
      (["--deny", "all"], 1, ["error", "error"]),
      (["--deny", "odd-size"], 0, ["warning", "warning"]),
    ]

    @Test(arguments: denied)
    func warningsAreErrorsWhereTheyAreDenied(
      _ arguments: [String], _ status: Int32, _ severities: [String]
    ) throws {
      try withFolder { program in
        try program.write(Self.untidy, to: "graph.yaml")
        let result = try program.easel(["check", "graph.yaml", "--format", "json"] + arguments)
        #expect(result.status == status)
        #expect(try result.events().map { $0["severity"] as? String } == severities)
        let text = try program.easel(["check", "graph.yaml"] + arguments).output
        #expect(text.contains("graph.yaml:5:3: \(severities[1])[unused-node]: "))
      }
    }

    @Test(arguments: [
      ("unused-nod", "there is no warning `unused-nod`; did you mean `unused-node`?"),
      ("type-mismatch", "`type-mismatch` is an error already"),
    ])
    func codesThatAreNoWarningsAreRefused(_ code: String, _ message: String) throws {
      try withFolder { program in
        try program.write(Self.untidy, to: "graph.yaml")
        let result = try program.easel("check", "graph.yaml", "--deny", code)
        #expect(result.status == 64)
        #expect(result.errors.contains(message), "\(result.errors)")
      }
    }

    @Test func runsDoNotWarn() throws {
      try withFolder { program in
        try program.write(Self.untidy, to: "graph.yaml")
        let result = try program.easel("plan", "graph.yaml")
        #expect(result.status == 0)
        #expect(result.errors == "")
      }
    }

    @Test func typesAreShownInTheOrderOfTheFile() throws {
      try withFolder { program in
        try program.write(Self.untidy, to: "graph.yaml")
        let result = try program.easel("check", "--types", "graph.yaml")
        let types = result.output.split(separator: "\n").filter { $0.hasSuffix("put)") }
        #expect(
          types == [
            "graph.yaml:2:11: spare: int (graph input)",
            "graph.yaml:4:3: canvas.batch: int (input)",
            "graph.yaml:4:3: canvas.latent: latent<64x32> (output)",
            "graph.yaml:4:40: canvas.width: int (input)",
            "graph.yaml:4:52: canvas.height: int (input)",
            "graph.yaml:5:3: other.width: int (input)", "graph.yaml:5:3: other.height: int (input)",
            "graph.yaml:5:3: other.batch: int (input)",
            "graph.yaml:5:3: other.latent: latent<512x512> (output)",
            "graph.yaml:6:12: latent: latent<64x32> (graph output)",
          ])
      }
    }

    @Test func typesAreObjectsToo() throws {
      try withFolder { program in
        try program.write(
          Self.untidy.replacingOccurrences(of: "width: 64", with: "each: { width: [64, 8] }"),
          to: "graph.yaml")
        let result = try program.easel(
          "check", "--types", "graph.yaml", "--format", "json", "--deny", "all")
        #expect(result.status == 1)
        let width = try #require(try result.events().first { $0["port"] as? String == "width" })
        #expect(width["node"] as? String == "canvas[1...2]")
        #expect(width["count"] as? Int == 2)
        #expect(width["type"] as? String == "int")
        #expect(width["direction"] as? String == "input")
        #expect(width["line"] as? Int == 4)
      }
    }

    @Test func whatIsRightIsTypedBesideWhatIsWrong() throws {
      try withFolder { program in
        try program.write(
          Self.untidy.replacingOccurrences(of: "64,", with: "65,"), to: "graph.yaml")
        let result = try program.easel("check", "--types", "graph.yaml")
        #expect(result.status == 1)
        #expect(result.output.contains("graph.yaml:4:40: error[invalid-size]"))
        #expect(result.output.contains("graph.yaml:5:3: other.latent: latent<512x512> (output)"))
        #expect(!result.output.contains("canvas.latent:"))
      }
    }

    /// The graphs that come with Easel are as they should be.
    @Test func theGraphsOfTheRepositoryAreClean() throws {
      let files = ["Graphs", "Examples"].flatMap { folder in
        let names = FileManager.default.enumerator(
          atPath: Program.root.appending(path: folder).path)
        return (names?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".yaml") }
          .map { Program.root.appending(path: "\(folder)/\($0)").path }
      }
      #expect(!files.isEmpty)
      try withFolder { program in
        let result = try program.easel(["check", "--deny", "all"] + files)
        #expect(result.status == 0, "\(result.output)")
      }
    }
  }
}
