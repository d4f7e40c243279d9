import Engine
import Graph

/// What a result depends on beside the values of its inputs.
struct Inventory: Codable, Equatable {
  /// The version of the program.
  var easel = Easel.version
  /// The version of the language.
  var language = 1
  /// Digests of the graph and of those that it uses, by name; those that come with Easel as `graphs/name.yaml`.
  var graphs: [String: String] = [:]
  /// Digests of files and model folders, by node, port and path.
  var files: [String: String] = [:]
  /// The versions of the kinds of node.
  var nodes: [String: Int] = [:]

  init(files: [PictureRecord.File], nodes: [String: Int]) {
    self.files = Dictionary(files.map { ("\($0.node).\($0.port) \($0.path)", $0.sha256) }) { $1 }
    self.nodes = nodes
  }

  init(of graph: CheckedGraph, sources: [String: SourceText], files uses: [FileUse]) {
    let names = RecordedNames(graph: graph.file, sources: sources)
    self.init(files: uses.map { PictureRecord.File($0, names) }, nodes: graph.nodeVersions)
    for (file, source) in sources {
      let name = names.shared(file).map { "graphs/" + $0 } ?? names.name(ofGraph: file)
      graphs[name] = Hash256(of: Array(source.text.utf8)).description
    }
  }

  /// What is not as it was, in a stable order.
  func differences(from old: Inventory) -> [Difference] {
    var differences: [Difference] = []
    if old.easel != easel { differences.append(.program(was: old.easel, now: easel)) }
    if old.language != language { differences.append(.language(was: old.language, now: language)) }
    differences += Self.differences(old.graphs, graphs, Difference.graph)
    differences += Self.differences(old.files, files, Difference.file)
    differences += Self.differences(old.nodes, nodes, Difference.node)
    return differences
  }

  private static func differences<Value: Equatable>(
    _ old: [String: Value], _ new: [String: Value],
    _ difference: (String, Value?, Value?) -> Difference
  ) -> [Difference] {
    Set(old.keys).union(new.keys).sorted().filter { old[$0] != new[$0] }
      .map { difference($0, old[$0], new[$0]) }
  }
}

extension CheckedGraph {
  /// By kind of node.
  var nodeVersions: [String: Int] {
    Dictionary(nodes.map { ($0.schema.name, $0.schema.version) }) { first, _ in first }
  }
}
