import Engine
import FoundationEssentials
import Graph
import Imaging

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
  /// The format that the picture was saved in; nil for PNG.
  var format: PictureFileFormat?
  /// The quality that it was saved with, where its format has one.
  var quality: Int?
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
    /// As seen from the graph's folder; or the word that it is found by, where `from` is given.
    var path: String
    var sha256: String
    /// `easel` for what comes with it, `models` for a model that is looked up.
    var from: String?
  }

  /// - Parameters:
  ///   - given: what was set on the command line.
  ///   - out: the folder that the picture will be in.
  init(
    graph checked: CheckedGraph, sources texts: [String: SourceText], files uses: [FileUse],
    set given: [Setting], out: String, encoding: PictureEncoding
  ) {
    let names = RecordedNames(graph: checked.file, sources: texts)
    let words = uses.map(\.path).filter(names.isWord)
    let values = checked.inputs.compactMap { input in
      input.value.map { (input.name, Self.value(of: $0, names, words)) }
    }
    graph = names.name(ofGraph: checked.file)
    (sources, graphs) = Self.split(texts, names)
    inputs = Dictionary(values.map { ($0, $1.path ?? $1.text ?? "") }) { first, _ in first }
    settings = Self.settings(given, values)
    files = uses.map { File($0, names) }
    nodes = checked.nodeVersions
    (format, quality) = PictureFileFormat.recorded(encoding)
    if files.contains(where: \.isSomewhere) {
      folder = PlacedPath.relative(PlacedPath.folder(of: checked.file), to: out)
    }
  }

  /// How the picture was saved.
  var encoding: PictureEncoding { (format ?? .png).encoding(quality: quality) }

  /// The user's graphs, and those that come with Easel.
  private static func split(
    _ texts: [String: SourceText], _ names: RecordedNames
  ) -> (own: [String: String], shared: [String: String]) {
    texts.reduce(into: ([:], [:])) { parts, entry in
      if let name = names.shared(entry.key) {
        parts.shared[name] = entry.value.text
      } else {
        parts.own[names.name(ofGraph: entry.key)] = entry.value.text
      }
    }
  }

  /// A text as it was given, for it reads back as the same value; a path as it is found again.
  private static func settings(
    _ given: [Setting], _ values: [(name: String, value: Value)]
  ) -> [String: Value] {
    let values = Dictionary(values.map { ($0.name, $0.value) }) { first, _ in first }
    return given.reduce(into: [:]) { settings, setting in
      guard let value = values[setting.name] else { return }
      settings[setting.name] = value.path == nil ? Value(text: setting.value) : value
    }
  }

  private static func value(
    of value: Literal, _ names: RecordedNames, _ words: [FilePathLiteral]
  ) -> Value {
    guard case .path(let path) = value,
      !words.contains(where: { $0.written == path.written && $0.folder == path.folder })
    else { return Value(text: value.display) }
    return Value(path: names.name(path))
  }

  /// As it stands in a picture's text.
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
      sha256: use.digest.description,
      from: names.isWord(use.path) ? (use.path.written == "default" ? "easel" : "models") : nil)
  }

  /// Whether it has to be found beside the graph.
  var isSomewhere: Bool { from == nil && !path.hasPrefix("/") }
}
