import Graph

extension Inference {
  /// The family of what is connected to an input, where it is known.
  func knownFamily(of port: String) -> Family? {
    if case .handle(_, .known(let family))? = inputs[port] { family } else { nil }
  }

  /// Warns where ports are given that only SDXL's models look at, and what is connected to `owner` is of another family.
  mutating func warnWithoutSDXL(_ ports: [String], owner: String, help: String) {
    guard let family = knownFamily(of: owner), family != .sdxl else { return }
    for port in ports where inputs[port] != nil {
      warn(
        .needlessValue, port: port, others: [owner],
        "`\(port)` changes nothing for models of the family \(family.rawValue)", help: help)
    }
  }
}
