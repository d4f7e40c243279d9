/// What is said of an adapter that is put on a model and yet not wholly used.
extension AdaptedModel {
  /// Names the modules that the model does not have; nil where it has all.
  public var note: String? {
    guard !unmatched.isEmpty else { return nil }
    return "\(adapter.path): the model has no \(listing(unmatched)), so these changes are left out"
  }
}

extension Adapter {
  /// Names the tensors that nothing is known to do with; nil where all are known.
  public var unknownKeysMessage: String? {
    guard !unknownKeys.isEmpty else { return nil }
    return "\(path): nothing is known to do with \(listing(unknownKeys))"
  }
}

/// The first few names, and how many more there are.
private func listing(_ names: [String]) -> String {
  let shown = names.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
  return names.count > 3 ? shown + " and \(names.count - 3) more" : shown
}
