import Foundation

/// The built program, run as its users run it.
struct Program {
  /// What a run left behind.
  struct Result {
    var status: Int32
    var output: String
    var errors: String

    /// The output's lines as JSON objects.
    func events() throws -> [[String: Any]] {
      try output.split(separator: "\n").map { line in
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
        guard let event = object as? [String: Any] else { throw NotAnObject(line: String(line)) }
        return event
      }
    }
  }

  struct NotAnObject: Error {
    var line: String
  }

  /// The package's folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of the model that comes with the program.
  static let model = root.appending(path: "Sources/DefaultModel/model")

  /// The executable, which the package manager builds beside the tests.
  static let executable =
    Bundle.main.executableURL?.deletingLastPathComponent()
    .appending(path: "easel") ?? root.appending(path: ".build/release/easel")

  var folder: URL

  /// Runs `easel` to its end.
  func easel(_ arguments: String...) throws -> Result { try easel(arguments) }

  /// Runs `easel` to its end.
  func easel(_ arguments: [String]) throws -> Result { try run(Self.executable, arguments) }

  /// Runs a line of shell, with `easel` on the path.
  func shell(_ line: String) throws -> Result {
    try run(URL(filePath: "/bin/bash"), ["-euo", "pipefail", "-c", line])
  }

  /// Starts `easel` and does not wait for it.
  func start(_ arguments: [String]) throws -> Process {
    let process = process(Self.executable, arguments)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs any program to its end.
  func run(_ program: URL, _ arguments: [String]) throws -> Result {
    let process = process(program, arguments)
    let outputs = try (0..<2).map { index in
      let file = folder.appending(path: ".stream\(index)-\(UUID().uuidString)")
      try Data().write(to: file)
      return (file: file, handle: try FileHandle(forWritingTo: file))
    }
    process.standardOutput = outputs[0].handle
    process.standardError = outputs[1].handle
    try process.run()
    process.waitUntilExit()
    let texts = try outputs.map { output in
      defer { try? FileManager.default.removeItem(at: output.file) }
      return String(decoding: try Data(contentsOf: output.file), as: UTF8.self)
    }
    return Result(status: process.terminationStatus, output: texts[0], errors: texts[1])
  }

  private func process(_ program: URL, _ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment["EASEL_CACHE"] = folder.appending(path: "cache").path
    environment["PATH"] =
      Self.executable.deletingLastPathComponent().path + ":" + (environment["PATH"] ?? "")
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    return process
  }
}

extension Program {
  /// Changes the text of a file in the folder.
  func edit(_ name: String, _ change: (inout String) -> Void) throws {
    let file = folder.appending(path: name)
    var text = try String(contentsOf: file, encoding: .utf8)
    change(&text)
    try Data(text.utf8).write(to: file)
  }

  /// Writes a file into the folder.
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  /// Every file of the cache that holds something.
  func storedFiles() throws -> [URL] {
    try files(in: folder.appending(path: "cache")).filter { file in
      try !Data(contentsOf: file).isEmpty
    }
  }

  /// The names of the files in a folder; none where the folder is not there.
  func writtenFiles(in name: String) throws -> [String] {
    try files(in: folder.appending(path: name)).map(\.lastPathComponent)
  }

  /// Every file below a folder, by path.
  func files(in folder: URL) throws -> [URL] {
    let files = FileManager.default.enumerator(
      at: folder, includingPropertiesForKeys: [.isRegularFileKey])
    return try (files?.allObjects as? [URL] ?? []).filter {
      try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
    }
    .sorted { $0.path < $1.path }
  }
}

/// A folder of a test's own, gone when the test is over.
func withFolder<Result>(_ body: (Program) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "easel-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(Program(folder: folder))
}
