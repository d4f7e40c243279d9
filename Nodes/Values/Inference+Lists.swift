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

  /// Whether a port has a value that is not known yet.
  func isOpen(_ port: String) -> Bool { inputs[port] != nil && constants[port] == nil }
}
