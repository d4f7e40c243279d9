import Tensor

extension Weights {
  /// How many numbered modules have a tensor of this name, counted up to the first that has none.
  func count(having name: String) -> Int { (0...).first { !self[$0].contains(name) } ?? 0 }

  /// A size that the shape of a tensor tells.
  /// - Throws: `CheckpointError` where there is no such tensor or axis, or the size cannot be.
  func size(
    _ name: String, axis: Int, in range: ClosedRange<Int> = 1...ConfigurationFile.widest,
    multipleOf divisor: Int = 1
  ) throws -> Int {
    guard let shape = shape(of: name), shape.rank > axis else { throw unmeasurable(name) }
    let size = shape[axis]
    guard range.contains(size), size.isMultiple(of: divisor) else {
      throw CheckpointError.malformed(
        path: archive.files.name,
        reason:
          "a size of \(size) of the tensor `\(archive.storedKey(of: key(name)))` \(shape) is not supported; it "
          + "must be in \(range)" + (divisor > 1 ? " and a multiple of \(divisor)" : ""))
    }
    return size
  }

  /// The error where a tensor that tells how large the model is cannot be found.
  func unmeasurable(_ name: String) -> CheckpointError {
    .malformed(
      path: archive.files.name,
      reason:
        "the tensor `\(archive.storedKey(of: key(name)))`, which tells how large the model is, is missing"
    )
  }
}
