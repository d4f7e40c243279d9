import Tensor

/// A place in the tree of a checkpoint's tensors: `weights["down_blocks"][0]["conv1"]`.
struct Weights {
  let archive: WeightArchive
  /// The keys on the way here, joined by dots; empty at the root.
  private let path: String

  init(_ archive: WeightArchive) { self.init(archive: archive, path: "") }

  private init(archive: WeightArchive, path: String) {
    self.archive = archive
    self.path = path
  }

  subscript(name: String) -> Weights { Weights(archive: archive, path: key(name)) }
  subscript(index: Int) -> Weights { self["\(index)"] }

  /// Asks for a tensor of this place.
  func tensor(_ name: String, _ shape: Shape) -> StoredTensor { archive.request(key(name), shape) }

  /// Whether the files hold a tensor of this name. For layouts that differ, never for optional parts.
  func contains(_ name: String) -> Bool { archive.contains(key(name)) }

  private func key(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}
