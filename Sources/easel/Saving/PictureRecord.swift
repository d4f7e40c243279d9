import Engine
import FoundationEssentials
import Graph

/// What a saved picture says of how it was made: enough to make it again.
struct PictureRecord: Encodable {
  /// The version of the program.
  var easel = Easel.version
  /// The graph's file, one of `sources`.
  var graph: String
  /// The text of the graph and of every graph that it uses, by file. Files in the graph's folder are
  /// named relative to it, so that the record does not depend on where the program was called.
  var sources: [String: String]
  /// The inputs with the values that they had.
  var inputs: [String: String]
  /// The files and models that went in.
  var files: [File]

  struct File: Encodable {
    var node: String
    var port: String
    /// As the graph names it.
    var path: String
    var sha256: String
  }

  init(graph checked: CheckedGraph, sources texts: [String: SourceText], files uses: [FileUse]) {
    let folder = checked.file.lastIndex(of: "/").map { checked.file[...$0] } ?? ""
    func name(_ file: String) -> String {
      file.hasPrefix(folder) ? String(file.dropFirst(folder.count)) : file
    }
    graph = name(checked.file)
    sources = Dictionary(texts.map { (name($0), $1.text) }) { first, _ in first }
    inputs = Dictionary(
      checked.inputs.compactMap { input in input.value.map { (input.name, $0.display) } }
    ) { first, _ in first }
    files = uses.map {
      File(
        node: $0.node.description, port: $0.port, path: $0.path.written,
        sha256: $0.digest.description)
    }
  }

  /// As it stands in the picture's text chunk.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
