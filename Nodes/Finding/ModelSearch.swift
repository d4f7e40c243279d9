import Diffusion
import Engine
import Graph

/// The places where models are looked for by their names, and what is found there.
public struct ModelSearch: Sendable {
  private let trees: [ModelTree]
  private let hub: HubCache?
  /// What is known of the contents of files. Asked for when a model is picked by its digest.
  let digests: @Sendable () -> FileDigests
  /// Whether a file may be read whole to know its digest.
  let hashes: Bool

  /// - Parameters:
  ///   - environment: `EASEL_MODELS` has folders with `:` between them; `HF_HUB_CACHE` and `HF_HOME` say where the
  ///     Hugging Face cache is.
  ///   - hashes: whether a file may be read whole to know its digest.
  public init(
    environment: [String: String], hashes: Bool = true,
    digests: @escaping @Sendable () -> FileDigests = { FileDigests() }
  ) {
    trees = (environment["EASEL_MODELS"] ?? "").split(separator: ":").map { folder in
      ModelTree(root: Directory.absolute(ExtraModelPaths.expanded(String(folder), environment)))
    }
    hub = HubCache(environment: environment)
    self.hashes = hashes
    self.digests = digests
  }

  /// The folders, whether they are there or not.
  public var places: [String] { trees.map(\.root) + (hub.map { [$0.folder] } ?? []) }

  /// The folders of `EASEL_MODELS` that are not there.
  public var missingFolders: [String] { trees.map(\.root).filter { !Directory.isFolder($0) } }

  /// Every model, in the order in which they are looked for. Throws `UnreadableYAML`.
  func models() throws -> [FoundModel] {
    try groups().flatMap(\.self) + hubModels
  }

  /// The first model that a name means: the whole name or its end, with or without the extension.
  /// `path` is where the same text leads as a path, for the error. Throws `ModelLookupError`, `UnreadableYAML`.
  func find(_ name: String, _ kind: ModelKind?, path: String) throws -> FoundModel {
    let groups = try groups()
    if let model = try Self.find(name, kind, in: groups) ?? hub?.find(name) { return model }
    let all = groups.flatMap(\.self)
    if let kind, let other = all.first(where: { $0.fit(of: name) != nil }), let found = other.kind {
      throw ModelLookupError.otherKind(name: name, kind: kind, found: found, path: other.path)
    }
    let names = (all.filter { Self.serves($0, kind) } + hubModels).flatMap { model in
      [model.stem, model.name, model.stem.split(separator: "/").last.map(String.init) ?? ""]
    }
    throw ModelLookupError.notFound(
      name: name, kind: kind, path: path, places: places, nearest: NearMiss.of(name, in: names))
  }

  /// The same in groups of models, of which the first that has one decides: files that can be read before
  /// pickles, the kind that is wanted before one that serves too, whole names before ends. Nil where there is
  /// none; throws `ModelLookupError` where there are several.
  static func find(
    _ name: String, _ kind: ModelKind?, in groups: [[FoundModel]]
  ) throws(ModelLookupError) -> FoundModel? {
    let named = groups.map { $0.filter { $0.fit(of: name) != nil } }
    for isPickle in [false, true] {
      for kind in kind?.substitutes.map(Optional.some) ?? [nil] {
        for group in named {
          let fitting = group.filter { $0.isPickle == isPickle && serves($0, as: kind) }
          for fit in FoundModel.Fit.allCases {
            let matches = fitting.filter { $0.fit(of: name) == fit }
            if let model = try onlyOne(of: matches, named: name) { return model }
          }
        }
      }
    }
    return nil
  }

  private static func onlyOne(
    of models: [FoundModel], named name: String
  ) throws(ModelLookupError) -> FoundModel? {
    guard let first = models.first, models.count > 1 else { return models.first }
    guard Set(models.map(\.realPath)).count > 1 else { return first }
    let names = models.map(\.name)
    let areDistinct = Set(names).count == names.count
    throw .ambiguous(name: name, candidates: areDistinct ? names : models.map(\.path))
  }

  /// Whether a model is of a kind. One whose folder does not say may be of any.
  private static func serves(_ model: FoundModel, as kind: ModelKind?) -> Bool {
    kind == nil || model.kind == nil || model.kind == kind
  }

  /// Whether a model can serve as one of a kind.
  static func serves(_ model: FoundModel, _ kind: ModelKind?) -> Bool {
    kind?.substitutes.contains { serves(model, as: $0) } ?? true
  }

  /// What the folders have. Throws `UnreadableYAML`.
  func groups() throws -> [[FoundModel]] { try trees.flatMap { try $0.groups() } }

  /// What the Hugging Face cache has.
  var hubModels: [FoundModel] { hub?.models() ?? [] }
}
