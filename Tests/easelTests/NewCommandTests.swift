import Foundation
import Testing

extension ProgramTests {
  /// `easel new`.
  struct NewCommandTests {
    @Test func everyGraphAndExampleIsATemplate() throws {
      try withFolder { program in
        let names = try program.templates()
        for name in try FileManager.default.contentsOfDirectory(
          atPath: Program.root.appending(path: "Examples").path)
        where !name.hasPrefix(".") { #expect(names.contains(name), "\(name)") }
        for file in try program.files(in: Program.root.appending(path: "Graphs")) {
          let name = file.deletingPathExtension().lastPathComponent
          #expect(names.contains(name) || names.contains("graphs/" + name), "\(name)")
        }
        let list = try program.easel("new")
        #expect(list.output.contains(/portrait +Draws a portrait from a description/))
        #expect(try program.easel("new", "--list").output == list.output)
      }
    }

    @Test func everyTemplateIsRightWhereItIsCopiedTo() throws {
      try withFolder { program in
        for name in try program.templates() {
          let folder = name.replacing("/", with: "-")
          let result = try program.easel("new", name, folder, "--format", "json")
          #expect(result.status == 0, "\(result.errors)")
          let file = try #require(try result.events().first?["file"] as? String)
          #expect(file == folder + "/graph.yaml")
          let check = try program.easel("check", file)
          #expect(check.status == 0, "\(check.output)")
          let files = try program.writtenFiles(in: folder)
          #expect(!files.contains { $0 == "README.md" || $0.hasPrefix("expected") })
        }
      }
    }

    @Test func theCommandThatIsShownRuns() throws {
      try withFolder { program in
        let result = try program.easel("new", "graphs/text-to-image", "it's mine")
        let lines = result.output.split(separator: "\n")
        #expect(lines.first == "it's mine/graph.yaml is made. Run it:")
        let command = String(try #require(lines.last)).replacing("prompt=...", with: "prompt=cap")
        let run = try program.shell(command + " --set steps=1 --set width=64 --set height=64")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try program.writtenFiles(in: "out") == ["image.png"])
      }
    }

    @Test func nothingIsOverwritten() throws {
      try withFolder { program in
        try FileManager.default.createDirectory(
          at: program.folder.appending(path: "full"), withIntermediateDirectories: false)
        try program.write("mine", to: "full/graph.yaml")
        try program.write("mine", to: "file")
        let refused = [
          ("full", "full: is not empty"), ("full/", "full: is not empty"),
          ("file", "file: is there and is no folder"),
          ("none/new", "error: none/new: cannot be made: the folder around it"),
          (".", "is not empty"),
        ]
        for (folder, reason) in refused {
          let result = try program.easel("new", "portrait", folder)
          #expect(result.status == 1)
          #expect(result.output.isEmpty)
          #expect(result.errors.contains(reason), "\(result.errors)")
        }
        #expect(try program.names(in: "") == ["file", "full"])
        #expect(try program.names(in: "full") == ["graph.yaml"])
        #expect(
          try String(contentsOf: program.folder.appending(path: "full/graph.yaml"), encoding: .utf8)
            == "mine")
      }
    }

    @Test func anEmptyFolderIsFilled() throws {
      try withFolder { program in
        try FileManager.default.createDirectory(
          at: program.folder.appending(path: "empty"), withIntermediateDirectories: false)
        let filled = try program.easel("new", "portrait", "empty/")
        #expect(filled.output.hasPrefix("empty/graph.yaml is made."))
        #expect(try program.names(in: "empty") == ["graph.yaml"])
        let inside = try program.shell("mkdir here; cd here; easel new portrait .")
        #expect(inside.status == 1)
        #expect(inside.errors.contains("is the working folder; name a new one"))
        #expect(try program.names(in: "") == ["empty", "here"])
      }
    }

    @Test func aWrongCommandLineIsSixtyFour() throws {
      try withFolder { program in
        let unknown = try program.easel("new", "portrat", "mine")
        #expect(unknown.status == 64)
        #expect(unknown.errors.contains("there is no template `portrat`; did you mean `portrait`?"))
        let alone = try program.easel("new", "portrait")
        #expect(alone.status == 64)
        #expect(alone.errors.contains("name the folder to make: easel new portrait my-portrait"))
        #expect(try program.easel("new", "--list", "portrait", "mine").status == 64)
        #expect(try program.names(in: "") == [])
      }
    }

    /// The folders that `make install` makes.
    @Test func anInstalledProgramHasItsOwnTemplates() throws {
      try withFolder { program in
        let example = "lib/easel/Examples/tiny"
        for folder in ["bin", example + "/inputs", "lib/easel/Graphs"] {
          try FileManager.default.createDirectory(
            at: program.folder.appending(path: folder), withIntermediateDirectories: true)
        }
        try FileManager.default.copyItem(
          at: Program.executable, to: program.folder.appending(path: "lib/easel/easel"))
        try program.write("easel: 1\ntitle: Tiny\nnodes: {}\n", to: example + "/graph.yaml")
        try program.write("", to: example + "/inputs/a.png")
        try program.write("", to: example + "/expected-small.png")
        try program.write("", to: "lib/easel/Graphs/tiny.yaml")
        _ = try program.shell("ln -s ../lib/easel/easel bin/easel")
        let list = try program.shell("bin/easel new")
        #expect(
          list.output.split(separator: "\n").map { $0.split(separator: " ").first } == [
            "tiny", "graphs/tiny",
          ])
        #expect(try program.shell("bin/easel new tiny mine").status == 0)
        #expect(try program.writtenFiles(in: "mine") == ["graph.yaml", "a.png"])
      }
    }
  }
}

extension Program {
  fileprivate func templates() throws -> [String] {
    try easel("new", "--format", "json").events().compactMap { $0["name"] as? String }
  }

  /// What is in a folder, hidden things too, in alphabetical order; not the streams of this test.
  fileprivate func names(in name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path)
      .filter { !$0.hasPrefix(".stream") }.sorted()
  }
}
