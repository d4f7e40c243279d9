import Engine
import Graph

/// What records and locks call files: as seen from the graph's folder, so that it does not matter where the
/// program was called, nor where the whole was moved to.
struct RecordedNames {
  private let graph: String
  private let folder: String
  private let texts: [SourceText]

  /// - Parameter sources: the texts of the graph and of all that it uses.
  init(graph file: String, sources: [String: SourceText]) {
    graph = file
    folder = PlacedPath.absolute(PlacedPath.folder(of: file))
    texts = Array(sources.values)
  }

  /// A graph that comes with Easel by its name (`text-to-image.yaml`); nil for any other.
  func shared(_ file: String) -> String? {
    Resources.graphFolders.lazy
      .filter { !graph.hasPrefix($0 + "/") }
      .compactMap { file.hasPrefix($0 + "/") ? String(file.dropFirst($0.count + 1)) : nil }.first
  }

  /// Another graph's file. One that a graph names by its absolute path keeps that.
  func name(ofGraph file: String) -> String {
    file.hasPrefix("/") && texts.contains { $0.text.contains(file) } ? file : name(file)
  }

  /// A file or a folder. What a port finds by a word of its own, such as `default` or a model's name, keeps the word.
  func name(_ path: FilePathLiteral) -> String {
    isWord(path) ? path.written : path.written.hasPrefix("/") ? path.resolved : name(path.resolved)
  }

  /// Whether the path is no path but a word, for what comes with Easel or for a model that is looked up.
  func isWord(_ path: FilePathLiteral) -> Bool {
    let plain = PlacedPath.absolute(PlacedPath.join(path.folder, path.written))
    return PlacedPath.absolute(path.resolved) != plain
  }

  private func name(_ file: String) -> String {
    PlacedPath.relative(file, to: folder) ?? PlacedPath.absolute(file)
  }
}
