import Diffusion

/// A folder with models in it, and in folders in it.
struct ModelFolder: Hashable, Sendable {
  var path: String
  /// What its models are for; nil where it does not say.
  var kind: ModelKind?
  /// Where it was named.
  var place: String

  /// Deeper than anybody sorts models. A folder nested deeper is taken for a circle of links.
  private static let deepest = 8

  /// In alphabetical order. What cannot be read is left out.
  func models() -> [FoundModel] { models(in: "", depth: 0) }

  private func models(in folder: String, depth: Int) -> [FoundModel] {
    guard depth < Self.deepest else { return [] }
    return Directory.entries(of: folder.isEmpty ? path : "\(path)/\(folder)").flatMap { entry in
      let name = folder.isEmpty ? entry.name : "\(folder)/\(entry.name)"
      let isModel = entry.isFolder ? Self.isModel(entry.path) : ModelFile.isModel(entry.name)
      if isModel { return [FoundModel(name: name, path: entry.path, kind: kind, place: place)] }
      return entry.isFolder ? models(in: name, depth: depth + 1) : []
    }
  }

  /// Whether a folder is one model, in diffusers' layout or as one part of it.
  static func isModel(_ path: String) -> Bool {
    if Directory.exists(path + "/model_index.json") { return true }
    return Directory.exists(path + "/config.json")
      && Directory.entries(of: path).contains { !$0.isFolder && ModelFile.isSafe($0.name) }
  }
}
