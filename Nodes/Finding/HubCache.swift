import Diffusion

/// The Hugging Face cache: a folder `models--org--name` for a repository, with `refs` that name snapshots and
/// `snapshots` of links to the files.
struct HubCache: Sendable {
  let folder: String

  /// Where the environment says, as for Hugging Face's own programs; nil where it says nothing at all.
  init?(environment: [String: String]) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    let caches = value("XDG_CACHE_HOME") ?? value("HOME").map { $0 + "/.cache" }
    let home = value("HF_HOME") ?? caches.map { $0 + "/huggingface" }
    guard
      let folder = value("HF_HUB_CACHE") ?? value("HUGGINGFACE_HUB_CACHE")
        ?? home.map({ $0 + "/hub" })
    else { return nil }
    self.folder = ExtraModelPaths.expanded(folder, environment)
  }

  /// The model that `org/name`, `org/name@revision` or `org/name/file` means; nil where the repository is not in
  /// the cache. Throws `ModelLookupError`.
  func find(_ written: String) throws(ModelLookupError) -> FoundModel? {
    guard let reference = HubReference(written) else { return nil }
    let repository = "\(folder)/models--\(reference.organisation)--\(reference.name)"
    guard Directory.isFolder(repository) else { return nil }
    let snapshot = try snapshot(reference.revision, in: repository, of: reference)
    let path = try path(reference.file, in: snapshot, of: reference)
    return FoundModel(name: written, path: path, kind: nil, place: folder)
  }

  /// The models of the snapshots that `main` means.
  func models() -> [FoundModel] {
    Directory.entries(of: folder).flatMap { entry -> [FoundModel] in
      let parts = entry.name.split(separator: "--", omittingEmptySubsequences: false)
      guard entry.isFolder, parts.count > 2, parts[0] == "models" else { return [] }
      let name = "\(parts[1])/\(parts.dropFirst(2).joined(separator: "--"))"
      guard let reference = HubReference(name),
        let snapshot = try? snapshot(nil, in: entry.path, of: reference)
      else { return [] }
      return models(in: snapshot, of: name)
    }
  }

  private func models(in snapshot: String, of repository: String) -> [FoundModel] {
    if ModelFolder.isModel(snapshot) {
      return [FoundModel(name: repository, path: snapshot, kind: nil, place: folder)]
    }
    let files = ModelFolder(path: snapshot, place: folder).models()
    return files.map { model in
      var model = model
      model.name = files.count == 1 ? repository : "\(repository)/\(model.name)"
      return model
    }
  }

  /// The folder of a revision: a branch or a tag in `refs`, or the beginning of a commit's name.
  private func snapshot(
    _ revision: String?, in repository: String, of reference: HubReference
  ) throws(ModelLookupError) -> String {
    let name = revision ?? "main"
    let snapshots = Directory.entries(of: repository + "/snapshots").filter(\.isFolder)
    let commit = Directory.text(of: "\(repository)/refs/\(name)") ?? name
    let matches = snapshots.filter { $0.name.hasPrefix(commit) }
    if matches.count == 1 { return matches[0].path }
    // Somebody copied the files without the names.
    if revision == nil, snapshots.count == 1 { return snapshots[0].path }
    let known = Directory.entries(of: repository + "/refs").filter { !$0.isFolder }.map(\.name)
    throw .noSnapshot(
      repository: reference.repository, revision: name, known: known + snapshots.map(\.name))
  }

  private func path(
    _ file: String?, in snapshot: String, of reference: HubReference
  ) throws(ModelLookupError) -> String {
    let models = models(in: snapshot, of: reference.repository)
    guard let file else {
      if models.count == 1 { return models[0].path }
      if models.isEmpty { throw .noModel(repository: reference.repository, folder: snapshot) }
      throw .ambiguous(name: reference.repository, candidates: models.map(\.name))
    }
    for name in [file, file + ".safetensors"] where Directory.exists("\(snapshot)/\(name)") {
      return "\(snapshot)/\(name)"
    }
    throw .noFile(
      repository: reference.repository, file: file,
      known: ModelFolder(path: snapshot, place: folder).models().map(\.name))
  }
}

/// `org/name`, with a revision behind `@` and a file behind `/`.
struct HubReference: Hashable {
  var organisation: String
  var name: String
  var revision: String?
  var file: String?

  /// Nil for what names no repository.
  init?(_ written: String) {
    let parts = written.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }) else {
      return nil
    }
    let name = parts[1].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    guard let first = name.first, !first.isEmpty else { return nil }
    organisation = String(parts[0])
    self.name = first
    revision = name.count > 1 ? name[1] : nil
    file = parts.count > 2 ? String(parts[2]) : nil
  }

  var repository: String { "\(organisation)/\(name)" }
}
