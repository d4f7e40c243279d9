import Diffusion
import Graph

/// Why a model that a graph names was not found.
enum ModelLookupError: Error, Hashable {
  /// Nothing is called so; `path` is where it would be as a path.
  case notFound(name: String, kind: ModelKind?, path: String, places: [String], nearest: String?)
  /// What is called so is for something else.
  case otherKind(name: String, kind: ModelKind, found: ModelKind, path: String)
  case ambiguous(name: String, candidates: [String])
  /// What stands behind `sha256:` is no beginning of a digest.
  case malformedDigest(String)
  /// No model has the digest; `unread` have not been read yet.
  case noDigest(prefix: String, kind: ModelKind?, places: [String], unread: Int)
  case noSnapshot(repository: String, revision: String, known: [String])
  /// A repository without a model.
  case noModel(repository: String, folder: String)
  case noFile(repository: String, file: String, known: [String])
}

extension ModelLookupError: CustomStringConvertible {
  var description: String {
    switch self {
    case .notFound(let name, let kind, let path, let places, let nearest):
      "there is no \(Self.word(kind)) `\(name)`: no file \(path), and nothing of that name in "
        + Self.listed(places) + (nearest.map { "; did you mean `\($0)`?" } ?? Self.advice)
    case .otherKind(let name, let kind, let found, let path):
      "`\(name)` (\(path)) is of the kind \(found.rawValue), but one of the kind \(kind.rawValue) is wanted here"
    case .ambiguous(let name, let candidates):
      "`\(name)` is the name of several models: " + Self.quoted(candidates)
        + "; write one of these"
    case .malformedDigest(let text):
      "`sha256:\(text)` must have 8 to 64 hexadecimal digits behind the colon; "
        + "`easel models --hash` shows them"
    case .noDigest(let prefix, let kind, let places, let unread):
      "no \(Self.word(kind)) in \(Self.listed(places)) is known to have the digest sha256:\(prefix)"
        + (unread > 0
          ? "; \(unread) have not been read yet: `easel models --hash` reads them"
          : Self.advice)
    case .noSnapshot(let repository, let revision, let known):
      "the cache has no revision `\(revision)` of \(repository)"
        + (known.isEmpty ? "; download it" : ", but \(Self.quoted(known))")
    case .noModel(let repository, let folder):
      "the cache has no model of \(repository) (looked in \(folder)); download it"
    case .noFile(let repository, let file, let known):
      "the cache has no file `\(file)` of \(repository)"
        + (known.isEmpty ? "; download it" : ", but \(Self.quoted(known))")
    }
  }

  private static func word(_ kind: ModelKind?) -> String { kind?.rawValue ?? "model" }

  private static func listed(_ places: [String]) -> String {
    places.isEmpty ? "any place" : places.joined(separator: ", ")
  }

  private static var advice: String {
    "; EASEL_MODELS names the folders that models are in, and `easel models` lists them"
  }

  /// The first few: a folder may have thousands.
  private static func quoted(_ names: [String]) -> String {
    let shown = names.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
  }
}
