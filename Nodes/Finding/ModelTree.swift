import Diffusion
import Graph

/// A folder that `$EASEL_MODELS` names: models side by side, or a tree with a folder for each kind as ComfyUI and
/// AUTOMATIC1111's program have it, or the folder of such a program with `models` in it.
struct ModelTree: Sendable {
  let root: String

  /// The models, in groups that are searched one after the other: what `extra_model_paths.yaml` puts first, the
  /// tree, what the file adds. Throws `UnreadableYAML`.
  func groups() throws -> [[FoundModel]] {
    let extra = try extraPaths?.folders() ?? []
    let groups = [extra.filter(\.isDefault), extra.filter { !$0.isDefault }]
      .map { $0.flatMap { $0.folder.models() } }
    return [groups[0], models, groups[1]]
  }

  private var models: [FoundModel] {
    if ModelFolder.isModel(root) {
      let name = root.split(separator: "/").last.map(String.init) ?? root
      return [FoundModel(name: name, path: root, kind: nil, place: root)]
    }
    return (isProgram ? folders(in: root, onlyKinds: true) : [])
      + folders(in: isProgram ? root + "/models" : root, onlyKinds: false)
  }

  /// Whether the models are in a folder of their own, beside other things.
  private var isProgram: Bool { Directory.isFolder(root + "/models") }

  private func folders(in folder: String, onlyKinds: Bool) -> [FoundModel] {
    Directory.entries(of: folder).flatMap { entry -> [FoundModel] in
      if entry.isFolder, let kind = ModelKind(folder: entry.name) {
        return ModelFolder(path: entry.path, kind: kind, place: root).models()
      }
      return onlyKinds ? [] : loose(entry)
    }
  }

  /// What lies beside the folders for kinds.
  private func loose(_ entry: Directory.Entry) -> [FoundModel] {
    let isModel =
      entry.isFolder ? ModelFolder.isModel(entry.path) : ModelFile.isModel(entry.name)
    if isModel { return [FoundModel(name: entry.name, path: entry.path, kind: nil, place: root)] }
    guard entry.isFolder else { return [] }
    return ModelFolder(path: entry.path, kind: nil, place: root).models().map { model in
      var model = model
      model.name = "\(entry.name)/\(model.name)"
      return model
    }
  }

  /// In the folder; beside it, where it is a program's `models`.
  private var extraPaths: ExtraModelPaths? {
    let name = "extra_model_paths.yaml"
    let parts = root.split(separator: "/", omittingEmptySubsequences: false)
    let beside = parts.last == "models" ? parts.dropLast().joined(separator: "/") : nil
    return ([root] + [beside].compactMap(\.self)).map { "\($0)/\(name)" }
      .first(where: Directory.exists).map(ExtraModelPaths.init)
  }
}
