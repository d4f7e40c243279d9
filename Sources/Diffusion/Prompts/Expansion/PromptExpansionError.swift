/// Where in a template something stands.
public struct PromptPlace: Hashable, Sendable {
  /// The file and line of a wildcard; nil for the prompt itself.
  let source: String?
  /// The character, counted from 1.
  let column: Int
}

/// Why a template cannot be expanded.
public enum PromptExpansionError: Error, Equatable, Sendable {
  /// `{` without `}`.
  case unclosedBrace(PromptPlace)
  /// Braces in braces in braces.
  case nestedTooDeep(PromptPlace, limit: Int)
  /// Of so few, so many cannot be taken.
  case tooFewOptions(PromptPlace, wanted: Int, found: Int)
  /// All weights are 0.
  case noWeight(PromptPlace)
  /// A `__name__` where no folder was named.
  case noFolder(PromptPlace, name: String)
  /// The folder has no such file.
  case unknownWildcard(PromptPlace, name: String, folder: String, known: [String])
  /// A file has no line that could be taken.
  case emptyWildcard(path: String)
  /// A file cannot be read, or is no UTF-8.
  case unreadable(path: String)
  /// Wildcards name each other, perhaps in a circle.
  case wildcardsTooDeep([String])
  /// The text grows beyond all measure, in bytes.
  case tooLong(limit: Int)
}

extension PromptExpansionError: CustomStringConvertible {
  /// One sentence: the place, what is wrong, the fix.
  public var description: String {
    switch self {
    case .unclosedBrace(let place):
      "\(place): the `{` has no `}`; write `\\{` for a brace that is meant as one"
    case .nestedTooDeep(let place, let limit):
      "\(place): braces lie in each other more than \(limit) deep"
    case .tooFewOptions(let place, let wanted, let found):
      "\(place): \(wanted) are to be taken, but there are only \(found)"
    case .noWeight(let place):
      "\(place): nothing can be taken, for all weights are 0"
    case .noFolder(let place, let name):
      "\(place): `__\(name)__` needs a folder of wildcards; write `\\_\\_` for underscores that are meant as such"
    case .unknownWildcard(let place, let name, let folder, let known):
      "\(place): \(folder) has no `\(name).txt`"
        + (known.isEmpty ? "; there are no text files in it" : "; it has \(Self.list(known))")
    case .emptyWildcard(let path): "\(path): there is no line in it"
    case .unreadable(let path): "\(path): cannot be read as UTF-8 text"
    case .wildcardsTooDeep(let names):
      "wildcards name each other too deep, perhaps in a circle: "
        + names.map { "__\($0)__" }.joined(separator: " -> ")
    case .tooLong(let limit): "the text grows to more than \(limit) bytes"
    }
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
  }
}

extension PromptPlace: CustomStringConvertible {
  /// The file with line and column, or the column of the text.
  public var description: String { source.map { "\($0):\(column)" } ?? "text, column \(column)" }
}
