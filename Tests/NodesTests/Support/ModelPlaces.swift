import Foundation
import Nodes

@testable import Engine

/// Folders of models of a test's own, gone after the test. The models are links to the one that comes with Easel, and
/// files with a few words in them.
final class ModelPlaces: Sendable {
  let folder: String

  init() throws {
    folder = URL.temporaryDirectory.appending(path: "easel-models-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Writes a file whose content is `text`, its own name by default.
  func add(_ file: String, _ text: String? = nil) throws {
    try makeFolder(of: file)
    try Data((text ?? file).utf8).write(to: URL(filePath: path(file)))
  }

  /// Puts the model that comes with Easel at a place.
  func addCheckpoint(_ name: String) throws {
    try makeFolder(of: name)
    try FileManager.default.createSymbolicLink(
      atPath: path(name), withDestinationPath: ModelLocation.locate("default", in: ""))
  }

  /// Makes a repository of the Hugging Face cache with one snapshot, and gives that one's folder.
  func addRepository(_ name: String, commit: String, refs: [String] = ["main"]) throws -> String {
    let repository = "hub/models--" + name.replacing("/", with: "--")
    for ref in refs { try add("\(repository)/refs/\(ref)", commit) }
    return "\(repository)/snapshots/\(commit)"
  }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// What looks into some of the folders, and into `hub`, but not into the folder that comes with Easel.
  func search(
    _ roots: String..., hashes: Bool = true, digests: FileDigests = FileDigests()
  ) -> ModelSearch {
    ModelSearch(
      environment: [
        "EASEL_MODELS": roots.map(path).joined(separator: ":"), "HF_HUB_CACHE": path("hub"),
      ], companions: nil, hashes: hashes, digests: { digests })
  }

  private func makeFolder(of file: String) throws {
    let folder = URL(filePath: path(file)).deletingLastPathComponent().path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }
}
