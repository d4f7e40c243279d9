import Diffusion
import Graph

extension Inference {
  /// What can be said of a node that samples before it runs.
  mutating func inferSampling(levelPorts: LevelPorts) throws {
    setExtent(of: "latent", to: extent(of: "latent"))
    try requireFallingSigmas("sigmas")
    for port in ["noise", "positive", "negative"] { try requireSameExtent(port, as: "latent") }
    if constants["cfg"] == .float(1), inputs["negative"] != nil {
      warn(
        .needlessValue, port: "negative", others: ["cfg"],
        "with a `cfg` of 1, `negative` changes nothing",
        help: "raise `cfg`, or leave `negative` out")
    }
    for (port, value) in levelPorts where inputs["sigmas"] != nil && isChanged(port, from: value) {
      warn(
        .needlessValue, port: port, others: ["sigmas"],
        "with `sigmas`, `\(port)` changes nothing", help: "leave `\(port)` or `sigmas` out")
    }
  }

  /// Ports that are not looked at where the noise levels are given, with their defaults.
  typealias LevelPorts = [(port: String, value: Literal)]

  private func isChanged(_ port: String, from value: Literal) -> Bool {
    inputs[port] != nil && constants[port] != value
  }

  /// Finds fault with a list of noise levels that is known and that no sampler can follow.
  func requireFallingSigmas(_ port: String) throws {
    guard case .list(let literals)? = constants[port] else { return }
    do {
      try NoiseLevelList.verify(literals.compactMap { Double(literal: $0) })
    } catch let error as NoiseLevelError {
      throw InferenceFailure(.invalidValue, port: port, "\(error)")
    }
  }

  /// Finds fault with a noise or latent that is known to be of another size than another one.
  func requireSameExtent(_ port: String, as other: String) throws {
    let (mine, theirs) = (extent(of: port), extent(of: other))
    let sides = [(mine.width, theirs.width), (mine.height, theirs.height)]
    for case (let side?, let wanted?) in sides where side != wanted {
      throw InferenceFailure(
        .sizeMismatch, port: port, others: [other],
        "`\(port)` is for a picture of another size than `\(other)`: \(side) and \(wanted) pixels",
        help: help(resizing: port))
    }
  }

  private func help(resizing port: String) -> String {
    switch inputs[port] {
    case .mask: "`resize-mask` makes one of that size"
    case .image, .handle(.conditioning, _):
      "bring the picture that is followed to the size of what is drawn with `resize-image`"
    default: "make `\(port)` from the same latent"
    }
  }
}

/// The ports of `sample` and `sample-advanced` that the noise levels come from.
let levelPorts: Inference.LevelPorts = [
  ("steps", .int(20)), ("schedule", .text(ScheduleName.normal.rawValue)), ("denoise", .float(1)),
]
