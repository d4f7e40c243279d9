import Diffusion

extension ModelSearch {
  /// Every model with the name by which a graph finds it, without the extension where that does; the path, where its
  /// names mean something else. Throws `UnreadableYAML`.
  public func namedModels() throws -> [(model: FoundModel, name: String)] {
    let groups = try groups()
    let found = groups.flatMap(\.self)
    let counts = Dictionary(found.map { ($0.stem, 1) }, uniquingKeysWith: +)
    let named = found.map { model in
      (model, counts[model.stem] == 1 ? model.stem : Self.name(of: model, in: groups))
    }
    return named + hubModels.map { ($0, $0.name) }
  }

  private static func name(of model: FoundModel, in groups: [[FoundModel]]) -> String {
    let names = [model.stem, model.name]
    return names.first { (try? find($0, model.kind, in: groups))?.path == model.path } ?? model.path
  }
}
