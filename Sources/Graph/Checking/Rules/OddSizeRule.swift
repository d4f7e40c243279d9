/// A picture whose constant width or height is no multiple of 8, on a way that may lead to a latent.
///
/// Where the size is known when the latent is made, the node that makes it says so itself: this is for
/// ways on which it gets lost.
enum OddSizeRule {
  /// - Parameter nodes: Each behind those that it needs.
  static func findings(in nodes: [CheckedNode]) -> [Diagnostic] {
    // Backwards: what becomes a latent is known before what it is made from.
    var becomesLatent: Set<OutputReference> = []
    var findings: [Diagnostic] = []
    for node in nodes.reversed() {
      if node.outputs.contains(where: becomesLatent.contains) {
        findings += node.oddConstants.map { .oddSize($0.port, $0.size, at: $0.span) }
      }
      guard node.makesLatent || node.outputs.contains(where: becomesLatent.contains) else {
        continue
      }
      for (port, type) in node.inputTypes where type.isPicture {
        becomesLatent.formUnion(node.inputs[port]?.references ?? [])
      }
    }
    return findings.reversed()
  }
}

extension CheckedNode {
  fileprivate var outputs: [OutputReference] {
    schema.outputs.map { OutputReference(node: id, port: $0.name) }
  }

  /// Whether it turns a picture into a latent.
  fileprivate var makesLatent: Bool {
    outputTypes.values.contains { if case .latent = $0 { true } else { false } }
  }

  /// The constants that give its pictures a size, and do not fit latents.
  fileprivate var oddConstants: [(port: String, size: Int, span: SourceSpan)] {
    guard outputTypes.values.contains(where: { $0.isPicture && $0.hasOddSize }) else { return [] }
    return schema.inputs.compactMap { port in
      guard case .constant(let value)? = inputs[port.name], let side = value.oddSide(of: port)
      else { return nil }
      return (port.name, side, inputSpans[port.name] ?? span)
    }
  }
}

extension PortType {
  fileprivate var isPicture: Bool {
    switch self {
    case .image, .mask: true
    case .list(let inside), .optional(let inside): inside.isPicture
    default: false
    }
  }

  fileprivate var hasOddSize: Bool {
    [extent?.width, extent?.height].contains { ($0 ?? 0) % 8 != 0 }
  }
}

extension Literal {
  /// The side that a port named after it is set to, where it is no multiple of 8.
  fileprivate func oddSide(of port: PortSchema) -> Int? {
    switch self {
    case .int(let side) where ["width", "height"].contains(port.name) && side % 8 != 0: side
    case .size(let width, let height): [width, height].first { $0 % 8 != 0 }
    default: nil
    }
  }
}
