import Engine
import FoundationEssentials
import Graph
import Imaging

/// Writes the report of a run.
struct ReportWriter {
  var path: String
  var recorder: RunRecorder
  /// What was planned before the run; nil where that failed.
  var plan: Plan?
  var engine: Engine

  /// Graphs that are run as one have one report.
  init(path: String, graphs: [CheckedGraph], engine: Engine) {
    self.path = path
    let graph = graphs.count == 1 ? graphs[0] : CheckedGraph(together: graphs)
    recorder = RunRecorder(graph)
    self.engine = engine
    // What keeps a graph from being planned keeps it from being run, and is told there.
    plan = try? engine.plan(graph)
  }

  /// Makes the folder where it is missing. Throws `UnwritableFile` or the system's error. After a failed run
  /// there are no outputs.
  func write(_ outputs: [RunResult.Output] = [], savedAs saved: [SavedOutput] = []) throws {
    let report = recorder.report(
      made: Date.now.formatted(.iso8601), plan: plan, stored: engine.storedValues,
      outputs: zip(saved, pictures(of: outputs, savedAs: saved)).map { file, picture in
        RunReport.Output(
          name: file.output, path: file.path, link: RelativeLink(from: path, to: file.path).text,
          thumbnail: picture)
      })
    let folder = URL(filePath: path).deletingLastPathComponent().path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try AtomicFile.write(Array(ReportPage(report).html.utf8), to: path)
  }

  /// By file: what it shows. A list has as many files as elements.
  private func pictures(
    of outputs: [RunResult.Output], savedAs saved: [SavedOutput]
  ) -> [Thumbnail?] {
    let values = outputs.flatMap { output -> [any PortValue] in
      (output.value as? GatheredList)?.elements ?? (output.value as? [any PortValue])
        ?? [output.value]
    }
    guard values.count == saved.count else { return saved.map { _ in nil } }
    return values.map { Thumbnail.all(of: $0, model: nil).first }
  }
}

extension CheckedGraph {
  /// Graphs whose nodes have different names, one beside the other.
  fileprivate init(together graphs: [CheckedGraph]) {
    self.init(
      file: graphs.map(\.file).joined(separator: ", "), inputs: graphs.flatMap(\.inputs),
      nodes: graphs.flatMap(\.nodes), outputs: graphs.flatMap(\.outputs))
  }
}

/// The way from one file to another, as a link.
struct RelativeLink: Hashable {
  let text: String

  /// Both relative to the working directory, or absolute.
  init(from page: String, to file: String) {
    let start = Self.parts(of: page).dropLast()
    let end = Self.parts(of: file)
    let common = zip(start, end).prefix { $0 == $1 }.count
    let up = Array(repeating: "..", count: start.count - common)
    text = (up + end.dropFirst(common).map(Self.escaped)).joined(separator: "/")
  }

  private static func parts(of path: String) -> [String] {
    let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    return whole.split(separator: "/").reduce(into: []) { parts, part in
      switch part {
      case ".": break
      case "..": _ = parts.popLast()
      default: parts.append(String(part))
      }
    }
  }

  /// What means something in a link is written by number.
  private static func escaped(_ part: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return part.utf8.map { byte in
      switch UInt8(byte) {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."):
        String(Unicode.Scalar(byte))
      default: "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    .joined()
  }
}
