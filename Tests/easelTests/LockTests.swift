import Foundation
import Testing

extension ProgramTests {
  /// `easel lock` and `--locked`.
  struct LockTests {
    @Test func aLockedGraphRunsWhileNothingDiffers() throws {
      try withFolder { program in
        let project = try PhotoProject(in: program)
        let result = try program.easel("lock", "project/edit.yaml")
        #expect(result.status == 0)
        #expect(result.output == "project/edit.yaml.lock\n")
        // Nothing was computed.
        let stats = try program.easel("cache", "stats", "--format", "json").events()
        #expect(stats.first?["objects"] as? Int == 0)
        let lock = try String(decoding: program.bytes("project/edit.yaml.lock"), as: UTF8.self)
        for line in [
          "\"picture.path photo.png\" : \"", "\"edit.yaml\" : \"", "\"parts/shrink.yaml\" : \"",
          "\"resize-image\" : 1", "\"language\" : 1", "\"easel\" : \"0.1.0\"",
        ] {
          #expect(lock.contains(line), "\(lock)")
        }
        #expect(try program.easel("plan", "project/edit.yaml", "--locked").status == 0)
        #expect(
          try program.easel("run", "project/edit.yaml", "--locked", "--out", "out").status == 0)
        // It does not matter from where, and nothing changes it.
        let again = try program.shell("cd project && easel lock edit.yaml")
        #expect(again.output == "edit.yaml.lock\n")
        #expect(
          try program.bytes("project/edit.yaml.lock") == Data(lock.utf8))
        #expect(try project.record("../out/image.png")["nodes"] != nil)
      }
    }

    /// What is changed after the locking, and what is said of it.
    static let changes: [(file: String, from: String, to: String, message: String)] = [
      ("edit.yaml", "side: 16", "side: 15", "the graph edit.yaml was "),
      ("parts/shrink.yaml", "side: 8", "side: 9", "the graph parts/shrink.yaml was "),
      (
        "edit.yaml.lock", "\"resize-image\" : 1", "\"resize-image\" : 7",
        "the node resize-image was version 7, now it is version 1"
      ),
      (
        "edit.yaml.lock", "\"resize-image\" : 1", "\"blur\" : 1",
        "the node resize-image is used now (version 1), and was not"
      ),
      (
        "edit.yaml.lock", "\"resize-image\" : 1", "\"blur\" : 1",
        "the node blur was version 1, now it is used no longer"
      ),
      (
        "edit.yaml.lock", "\"easel\" : \"0.1.0\"", "\"easel\" : \"0.0.9\"",
        "it was made with easel 0.0.9, this is easel 0.1.0"
      ),
      (
        "edit.yaml.lock", "\"language\" : 1", "\"language\" : 2",
        "the language was version 2, this is version 1"
      ),
      ("edit.yaml.lock", "\"lock\" : 1", "\"lock\" : 2", "a newer Easel made this lock"),
      ("edit.yaml.lock", "{", "[", "this is no lock; make a new one with `easel lock"),
    ]

    @Test(arguments: changes.indices) func aDifferenceIsNamed(index: Int) throws {
      let change = Self.changes[index]
      try withFolder { program in
        _ = try PhotoProject(in: program)
        _ = try program.easel("lock", "project/edit.yaml")
        try program.edit("project/\(change.file)") { $0.replace(change.from, with: change.to) }
        for command in ["run", "plan"] {
          let result = try program.easel(command, "project/edit.yaml", "--locked")
          #expect(result.status == 1)
          #expect(result.errors.contains("project/edit.yaml.lock: "), "\(result.errors)")
          #expect(result.errors.contains(change.message), "\(result.errors)")
        }
        #expect(try program.writtenFiles(in: "cache").allSatisfy { $0 != "image.png" })
        #expect(
          !FileManager.default.fileExists(
            atPath: program.folder.appending(path: "image.png").path))
      }
    }

    @Test func filesAndModelsAreLocked() throws {
      try withFolder { program in
        let project = try PhotoProject(in: program)
        _ = try program.easel("lock", "project/edit.yaml")
        try project.savePhoto(brightness: 0.25)
        let photo = try program.easel("run", "project/edit.yaml", "--locked")
        #expect(photo.status == 1)
        #expect(photo.errors.contains("the file of picture.path photo.png was "))

        let graph = try SmallGraph(in: program)
        let model = program.folder.appending(path: "model")
        try FileManager.default.copyItem(at: Program.model, to: model)
        #expect(try program.easel("lock", graph.file.path, "--set", "eye=model").status == 0)
        let other = try program.easel("plan", graph.file.path, "--locked")
        #expect(other.status == 1)
        #expect(other.errors.contains("the file of lens.model default is used now ("))
        let locked = ["plan", graph.file.path, "--locked", "--set", "eye=model"]
        #expect(try program.easel(locked).status == 0)
        try program.edit("model/vae/config.json") { $0.replace("0.37365", with: "0.5") }
        let changed = try program.easel(locked)
        #expect(changed.status == 1)
        #expect(changed.errors.contains("the file of lens.model model was "))
      }
    }

    @Test func withoutALockTheFixIsSaid() throws {
      try withFolder { program in
        _ = try PhotoProject(in: program)
        let result = try program.easel("run", "project/edit.yaml", "--locked")
        #expect(result.status == 1)
        #expect(
          result.errors.contains(
            "project/edit.yaml.lock: there is no lock; make one with `easel lock project/edit.yaml`"
          ))
      }
    }

    @Test func aGraphWithErrorsIsNotLocked() throws {
      try withFolder { program in
        let project = try PhotoProject(in: program)
        try program.edit("project/edit.yaml") { $0.replace(", default: photo.png", with: "") }
        let result = try program.easel("lock", "project/edit.yaml")
        #expect(result.status == 1)
        #expect(result.errors.contains("photo"))
        #expect(
          try program.easel("lock", "project/edit.yaml", "--set", "photo=project/photo.png").status
            == 0)
        try project.save(.init(pixels: .init([4, 4, 3], repeating: 0)), record: nil)
        #expect(try program.easel("lock", "project/changed.png").status == 64)
      }
    }
  }
}
