import Tensor

/// A place in the tree of a checkpoint's tensors: `weights["down_blocks"][0]["conv1"]`.
struct Weights {
  let archive: WeightArchive
  /// The keys on the way here, joined by dots; empty at the root.
  private let path: String
  /// How linear layers from here on multiply.
  let precision: LinearPrecision

  init(_ archive: WeightArchive) { self.init(archive: archive, path: "", precision: .full) }

  private init(archive: WeightArchive, path: String, precision: LinearPrecision) {
    self.archive = archive
    self.path = path
    self.precision = precision
  }

  /// The same place, with the precision that the archive was opened for: for layers that bear it.
  var reduced: Weights { Weights(archive: archive, path: path, precision: archive.precision) }

  subscript(name: String) -> Weights {
    Weights(archive: archive, path: key(name), precision: precision)
  }
  subscript(index: Int) -> Weights { self["\(index)"] }

  /// Asks for a tensor of this place.
  func tensor(_ name: String, _ shape: Shape) -> StoredTensor { archive.request(key(name), shape) }

  /// Whether the files hold a tensor of this name. For layouts that differ, never for optional parts.
  func contains(_ name: String) -> Bool { archive.contains(key(name)) }

  /// The shape of a tensor of this place, as the model has it; nil where the files do not hold it.
  func shape(of name: String) -> Shape? { archive.shape(of: key(name)) }

  /// The whole name of a tensor of this place.
  func key(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}
