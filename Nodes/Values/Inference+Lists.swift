import Graph

extension Inference {
  /// The size that all images of a list have, as far as it is known.
  func elementExtent(of port: String) -> Extent {
    if case .list(.image(let extent))? = inputs[port] { extent } else { .unknown }
  }

  /// The texts of a list, where they are constants.
  func constantTexts(_ port: String) -> [String]? {
    guard case .list(let literals)? = constants[port] else { return nil }
    let texts = literals.compactMap { if case .text(let text) = $0 { text } else { nil } }
    return texts.count == literals.count ? texts : nil
  }

  /// Finds fault with labels that are not as many as what they belong to.
  func requireLabels(_ labels: String, for port: String) throws {
    guard let count = lengths[labels], let wanted = lengths[port], count != wanted else { return }
    throw InferenceFailure(
      .unequalLists, port: labels, others: [port],
      "`\(labels)` has \(count) elements, and `\(port)` has \(wanted)",
      help: "give each of `\(port)` a label")
  }

  /// Whether a port has a value that is not known yet.
  func isOpen(_ port: String) -> Bool { inputs[port] != nil && constants[port] == nil }
}
