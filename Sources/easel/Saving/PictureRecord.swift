import Engine
import FoundationEssentials
import Graph

/// What a saved picture says of how it was made: enough to make it again.
struct PictureRecord: Codable {
  /// The version of this form.
  static let version = 1

  var record = version
  /// The version of the program.
  var easel = Easel.version
  /// The graph's file, one of `sources`.
  var graph: String
  /// The texts of the graph and of every graph that it uses, by file as seen from the graph's folder.
  var sources: [String: String]
  /// The texts of the used graphs that come with Easel, by file.
  var graphs: [String: String]
  /// The inputs with the values that they had.
  var inputs: [String: String]
  /// The inputs that were set for this run.
  var settings: [String: Value]
  /// The files and models that went in.
  var files: [File]
  /// The versions of the kinds of node.
  var nodes: [String: Int]
  /// The graph's folder as seen from the picture's, where files have to be found again.
  var folder: String?
  /// Which of the graph's outputs the picture is.
  var output = ""
  /// Which picture of a list, from 1.
  var number: Int?

  /// How an input was set: by a text, or by a path as seen from the graph's folder.
  struct Value: Codable, Equatable {
    var text: String?
    var path: String?
  }

  struct File: Codable {
    var node: String
    var port: String
    /// As seen from the graph's folder, or a word for what comes with Easel.
    var path: String
    var sha256: String
    /// `easel` for what comes with it.
    var from: String?
  }

  /// - Parameters:
  ///   - given: what was set on the command line.
  ///   - out: the folder that the picture will be in.
  init(
    graph checked: CheckedGraph, sources texts: [String: SourceText], files uses: [FileUse],
    set given: [Setting], out: String
  ) {
    let recorded = RecordedNames(graph: checked.file, sources: texts)
    graph = recorded.name(ofGraph: checked.file)
    let shared = texts.compactMap { file, text in
      recorded.shared(file).map { ($0, text.text) }
    }
    let own = texts.filter { recorded.shared($0.key) == nil }
      .map { (recorded.name(ofGraph: $0), $1.text) }
    graphs = Dictionary(shared) { first, _ in first }
    sources = Dictionary(own) { first, _ in first }
    let words = uses.map(\.path).filter(recorded.isWord)
    let texts = Dictionary(given.map { ($0.name, $0.value) }) { $1 }
    let values = checked.inputs.compactMap { input in
      input.value.map { (input.name, Self.value(of: $0, recorded, words)) }
    }
    inputs = Dictionary(values.map { ($0, $1.path ?? $1.text ?? "") }) { first, _ in first }
    settings = Dictionary(
      values.compactMap { name, value in
        texts[name].map { (name, value.path == nil ? Value(text: $0) : value) }
      }
    ) { first, _ in first }
    files = uses.map { File($0, recorded) }
    nodes = checked.nodeVersions
    if files.contains(where: \.isSomewhere) {
      folder = PlacedPath.relative(PlacedPath.folder(of: checked.file), to: out)
    }
  }

  private static func value(
    of value: Literal, _ recorded: RecordedNames, _ words: [FilePathLiteral]
  ) -> Value {
    guard case .path(let path) = value,
      !words.contains(where: { $0.written == path.written && $0.folder == path.folder })
    else { return Value(text: value.display) }
    return Value(path: recorded.name(path))
  }

  /// As it stands in the text chunk of a picture.
  func json(output: String, number: Int?) throws -> String {
    var record = self
    record.output = output
    record.number = number
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(record), as: UTF8.self)
  }
}

extension PictureRecord.File {
  init(_ use: FileUse, _ names: RecordedNames) {
    self.init(
      node: use.node.description, port: use.port, path: names.name(use.path),
      sha256: use.digest.description, from: names.isWord(use.path) ? "easel" : nil)
  }

  /// Whether it has to be found beside the graph.
  var isSomewhere: Bool { from == nil && !path.hasPrefix("/") }
}
