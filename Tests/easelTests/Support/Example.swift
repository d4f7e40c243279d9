import Foundation
import Imaging
import Testing

/// A folder of `Examples/`, with a graph and the pictures that it gives.
struct Example: CustomTestStringConvertible {
  var name: String
  var testDescription: String { name }
  var folder: URL { Self.examples.appending(path: name) }
  var graph: URL { folder.appending(path: "graph.yaml") }

  private static let examples = Program.root.appending(path: "Examples")

  /// Every folder that holds a graph, by name.
  static let all: [Example] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: examples.path)
    return (names ?? []).sorted().map { Example(name: $0) }
      .filter { FileManager.default.fileExists(atPath: $0.graph.path) }
  }()

  /// Runs the graph as it is, and saves what it makes in the program's folder `out`.
  func run(in program: Program) throws {
    let result = try program.easel("run", graph.path, "--out", "out")
    #expect(result.status == 0, "\(result.errors)")
  }

  /// The name of the file that holds what an output's file should: `expected.png` for `image.png`,
  /// `expected-sheet.png` for `sheet.png`.
  static func expectation(for output: String) -> String {
    output == "image.png" ? "expected.png" : "expected-\(output)"
  }

  /// The files that say what comes out, by name.
  func expectations() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasPrefix("expected") }.sorted()
  }

  /// Takes what has come out for what should.
  func record(_ outputs: [String], of program: Program) throws {
    for name in try expectations() {
      try FileManager.default.removeItem(at: folder.appending(path: name))
    }
    for output in outputs {
      try FileManager.default.copyItem(
        at: program.folder.appending(path: "out/\(output)"),
        to: folder.appending(path: Self.expectation(for: output)))
    }
  }

  /// One of its pictures.
  func picture(_ name: String) throws -> Image {
    try Picture(readingFrom: folder.appending(path: name).path).image
  }
}
