import DefaultStyles
import Diffusion
import Graph

/// A file of styles.
struct StyleLibrary {
  private let path: String
  private let styles: [PromptStyle]

  /// The file that a graph in `folder` means. Throws `DefaultStylesMissing` for `default` where the program stands
  /// without its resources.
  @Sendable static func locate(_ written: String, in folder: String) throws -> String {
    if written == "default" {
      guard let path = DefaultStyles.path else { throw DefaultStylesMissing() }
      return path
    }
    return written.hasPrefix("/") || folder.isEmpty ? written : folder + "/" + written
  }

  /// Reads a file. Throws `UnreadableYAML` where it is not a list of styles, each with a name of its own.
  init(reading path: String) throws(UnreadableYAML) {
    self.path = path
    guard case .list(let entries) = try YAMLValue(contentsOf: path) else {
      throw UnreadableYAML(
        place: path,
        reason: "it must be a list of styles, each with `name`, `prompt` and `negative`")
    }
    var styles: [PromptStyle] = []
    for (index, entry) in entries.enumerated() {
      let style = try PromptStyle(entry, place: "\(path): style \(index + 1)")
      guard !styles.contains(where: { $0.name == style.name }) else {
        throw UnreadableYAML(place: path, reason: "there are two styles `\(style.name)`")
      }
      styles.append(style)
    }
    self.styles = styles
  }

  /// Some of the styles, in the order of the names.
  func named(_ names: [String]) throws(UnknownStyle) -> [PromptStyle] {
    var found: [PromptStyle] = []
    for name in names {
      guard let style = styles.first(where: { $0.name == name }) else {
        throw UnknownStyle(name: name, path: path, known: styles.map(\.name))
      }
      found.append(style)
    }
    return found
  }
}

extension PromptStyle {
  fileprivate init(_ entry: YAMLValue, place: String) throws(UnreadableYAML) {
    guard case .mapping(let fields) = entry else {
      throw UnreadableYAML(place: place, reason: "it must have `name`, `prompt` and `negative`")
    }
    for field in fields where !["name", "prompt", "negative"].contains(field.key) {
      throw UnreadableYAML(
        place: place, reason: "a style has no `\(field.key)`, only `name`, `prompt` and `negative`")
    }
    for field in fields where field.value.text == nil && field.value != .null {
      throw UnreadableYAML(place: place, reason: "`\(field.key)` must be a text")
    }
    guard let name = entry["name"]?.text, !name.isEmpty else {
      throw UnreadableYAML(place: place, reason: "it has no `name`")
    }
    self.init(
      name: name, prompt: entry["prompt"]?.text ?? "", negative: entry["negative"]?.text ?? "")
  }
}

/// A name that none of a file's styles has.
struct UnknownStyle: Error, Equatable, CustomStringConvertible {
  var name: String
  var path: String
  var known: [String]

  var message: String { "\(path) has no style `\(name)`" }

  /// The style that was probably meant, or all.
  var help: String {
    NearMiss.of(name, in: known).map { "did you mean `\($0)`?" }
      ?? "it has " + known.map { "`\($0)`" }.joined(separator: ", ")
  }

  var description: String { "\(message); \(help)" }
}

/// The program stands without its resources.
struct DefaultStylesMissing: Error, CustomStringConvertible {
  var description: String {
    "the styles that come with Easel are not beside the program; run `make install`, or name a file"
  }
}
