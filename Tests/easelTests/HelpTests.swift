import Testing

extension ProgramTests {
  /// What the program says of itself.
  struct HelpTests {
    @Test(arguments: [
      "new", "check", "run", "plan", "explain", "graph", "nodes", "schema", "inspect", "models",
      "lock", "cache", "bench",
    ])
    func everyCommandHasHelp(command: String) throws {
      try withFolder { program in
        let help = try program.easel(command, "--help")
        #expect(help.status == 0)
        #expect(help.output.contains("USAGE: easel \(command)"))
        #expect(try program.easel().output.contains("\n  \(command)"))
      }
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func shellsCanComplete(shell: String) throws {
      try withFolder { program in
        let script = try program.easel("--generate-completion-script", shell)
        #expect(script.status == 0)
        #expect(script.output.contains("inspect"))
      }
    }

    @Test func nodesAreListedAndDocumented() throws {
      try withFolder { program in
        let list = try program.easel("nodes")
        #expect(list.output.contains(/^Models\n  load-checkpoint +Opens a checkpoint/))
        let page = try program.easel("nodes", "sample").output
        #expect(page.contains(/steps +int 1\.\.\.1000 +=\ 20/))
        #expect(page.contains(/sampler +euler\|euler_ancestral\|heun[a-z0-9_|]+ +=\ euler/))
        let json = try program.easel("nodes", "--format", "json").events()
        #expect(json.contains { $0["name"] as? String == "resize-image" })
      }
    }

    @Test func aPlanSaysWhatWouldRun() throws {
      try withFolder { program in
        let graph = try SmallGraph(in: program)
        func states() throws -> [String: String] {
          let entries = try program.easel("plan", graph.file.path, "--format", "json").events()
          return Dictionary(
            uniqueKeysWithValues: entries.map { ("\($0["node"] ?? "")", "\($0["state"] ?? "")") })
        }
        let before = try states()
        #expect(before["checkpoint"] == "load")
        #expect(before["sample"] == "run")
        _ = try graph.log()
        let after = try states()
        #expect(after["small"] == "cached")
        #expect(after.filter { $0.value != "not-needed" } == ["small": "cached"])
      }
    }
  }
}
