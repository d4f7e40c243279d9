import ArgumentParser
import Engine
import Graph
import Imaging

/// A graph to be run, by itself or together with others, and where its outputs go.
struct GraphJob {
  var graph: CheckedGraph
  var sources: [String: SourceText]
  var folder: String
  /// What its nodes are told by from those of others; nil where it is run by itself.
  var label: String?

  /// Checks graphs, and prints every finding on standard error. Throws `ExitCode` where there are errors.
  static func jobs(
    for files: [String], _ settings: [Setting], savingInto folder: String, by checker: Checker
  ) throws -> [GraphJob] {
    let checks = files.map { file in
      Result { try GraphOptions.check(file, settings, by: checker) }
    }
    let graphs = try checks.map { try $0.get() }
    guard files.count > 1 else {
      return graphs.map { GraphJob(graph: $0.graph, sources: $0.sources, folder: folder) }
    }
    let labels = files.map(label)
    if let twice = labels.first(where: { label in labels.filter { $0 == label }.count > 1 }) {
      throw ValidationError(
        "two of the graphs would be saved in \(outputPath(twice, in: folder)); run them apart")
    }
    return zip(graphs, labels).map { checked, label in
      GraphJob(
        graph: checked.graph, sources: checked.sources, folder: outputPath(label, in: folder),
        label: label)
    }
  }

  var labelledGraph: CheckedGraph { label.map(graph.labelled) ?? graph }

  /// What writes the outputs of a run. The record does not tell whether the graph was run with others.
  func saver(
    for result: RunResult, set settings: [Setting], as encoding: PictureEncoding
  ) -> OutputSaver {
    let files = result.files.map { file in
      var file = file
      if let label { file.node = NodeID(String(file.node.path.dropFirst(label.count + 1))) }
      return file
    }
    return OutputSaver(
      folder: folder,
      record: PictureRecord(
        graph: graph, sources: sources, files: files, set: settings, out: folder,
        encoding: encoding))
  }

  /// `a/b.yaml` is `b`, and `a/graph.yaml` is `a`.
  private static func label(of file: String) -> String {
    let parts = file.split(separator: "/")
    let name = parts.last.map(String.init) ?? file
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    return stem == "graph" && parts.count > 1 ? String(parts[parts.count - 2]) : stem
  }
}
