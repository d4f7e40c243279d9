import FoundationEssentials

/// A repository in Hugging Face's cache: `models--ORGANISATION--NAME`, with each version it had in a folder of links.
enum CachedRepository {
  /// The folder of the version that `main` is, or of the only one that there is; nil where the folder is no such
  /// repository.
  static func snapshot(of folder: String) -> String? {
    let snapshots = "\(folder)/snapshots"
    guard isFolder(snapshots) else { return nil }
    if let data = try? Data(contentsOf: URL(filePath: "\(folder)/refs/main")) {
      let name = String(decoding: data, as: UTF8.self).prefix { $0.isHexDigit }
      if !name.isEmpty, isFolder("\(snapshots)/\(name)") { return "\(snapshots)/\(name)" }
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: snapshots)) ?? []
    return names.count == 1 ? "\(snapshots)/\(names[0])" : nil
  }
}
