import DefaultModel
import Diffusion
import Engine
import Graph

/// The places where models are looked for by their names, and what is found there.
public struct ModelSearch: Sendable {
  private let trees: [ModelTree]
  /// The models that come with Easel beside the default one. What is theirs by name is theirs before all others.
  private let companions: ModelTree?
  private let hub: HubCache?
  /// What is known of the contents of files. Asked for when a model is picked by its digest.
  let digests: @Sendable () -> FileDigests
  /// Whether a file may be read whole to know its digest.
  let hashes: Bool

  /// - Parameters:
  ///   - environment: `EASEL_MODELS` has folders with `:` between them; `HF_HUB_CACHE` and `HF_HOME` say where the
  ///     Hugging Face cache is.
  ///   - companions: a folder as those of `EASEL_MODELS`, with what comes with Easel.
  ///   - hashes: whether a file may be read whole to know its digest.
  public init(
    environment: [String: String], companions: String? = DefaultModel.companions,
    hashes: Bool = true,
    digests: @escaping @Sendable () -> FileDigests = { FileDigests() }
  ) {
    trees = (environment["EASEL_MODELS"] ?? "").split(separator: ":").map { folder in
      ModelTree(root: Directory.absolute(ExtraModelPaths.expanded(String(folder), environment)))
    }
    self.companions = companions.map(ModelTree.init)
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

  /// The same in groups of models: a file that can be read before a pickle, the kind that is wanted before one that
  /// serves too, an earlier group before a later one, a whole name before an end. Nil where there is none; throws
  /// `ModelLookupError` where there are several that are equally good.
  static func find(
    _ name: String, _ kind: ModelKind?, in groups: [[FoundModel]]
  ) throws(ModelLookupError) -> FoundModel? {
    let ranked = groups.enumerated().flatMap { number, group in
      group.compactMap { model -> (rank: Rank, model: FoundModel)? in
        guard let fit = model.fit(of: name), let place = place(of: model, as: kind) else {
          return nil
        }
        return ((model.isPickle ? 1 : 0, place, number, fit == .whole ? 0 : 1), model)
      }
    }
    guard let best = ranked.map(\.rank).min(by: <) else { return nil }
    return try onlyOne(of: ranked.filter { $0.rank == best }.map(\.model), named: name)
  }

  /// Compared from the first number to the last; the lowest is the best.
  private typealias Rank = (isPickle: Int, kind: Int, group: Int, fit: Int)

  private static func onlyOne(
    of models: [FoundModel], named name: String
  ) throws(ModelLookupError) -> FoundModel? {
    guard let first = models.first, models.count > 1 else { return models.first }
    guard Set(models.map(\.realPath)).count > 1 else { return first }
    let names = models.map(\.name)
    let areDistinct = Set(names).count == names.count
    throw .ambiguous(name: name, candidates: areDistinct ? names : models.map(\.path))
  }

  /// How well a model serves as one of a kind: 0 for the kind itself, and for a model whose folder does not say; nil
  /// where it does not serve.
  private static func place(of model: FoundModel, as kind: ModelKind?) -> Int? {
    guard let wanted = kind, let found = model.kind else { return 0 }
    return wanted.substitutes.firstIndex(of: found)
  }

  /// Whether a model can serve as one of a kind.
  static func serves(_ model: FoundModel, _ kind: ModelKind?) -> Bool {
    place(of: model, as: kind) != nil
  }

  /// What the folders have. Throws `UnreadableYAML`.
  func groups() throws -> [[FoundModel]] {
    try ([companions].compactMap(\.self) + trees).flatMap { try $0.groups() }
  }

  /// What the Hugging Face cache has.
  var hubModels: [FoundModel] { hub?.models() ?? [] }
}
