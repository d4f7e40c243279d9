import Graph

extension Inference {
  /// The whole number that a port is bound to, where that is a constant.
  func constantInt(_ port: String) -> Int? {
    guard case .int(let value)? = constants[port] else { return nil }
    return value
  }

  /// The size of the image or latent at an input, or of the picture that a conditioning is for, as far as it is known.
  func extent(of port: String) -> Extent {
    switch inputs[port] {
    case .image(let extent), .mask(let extent), .latent(_, let extent): extent
    case .handle(.conditioning, _): handles[port]?.pictureSize ?? .unknown
    default: .unknown
    }
  }

  /// Says the size of the image, mask or latent at an output, or of the picture that a conditioning is for.
  mutating func setExtent(of port: String, to extent: Extent) {
    switch outputs[port] {
    case .image: outputs[port] = .image(extent)
    case .mask: outputs[port] = .mask(extent)
    case .latent(let family, _): outputs[port] = .latent(family, extent)
    case .handle(.conditioning, _): outputHandles[port, default: HandleFacts()].pictureSize = extent
    default: break
    }
  }

  /// Finds fault with `port` where a size that comes from it is known and does not fit latents.
  func requireLatentSize(_ extent: Extent, port: String) throws {
    guard let error = SizeNotMultiple(in: extent) else { return }
    throw InferenceFailure(.invalidSize, port: port, error.description, help: error.fix)
  }

  /// Says the size of the output `latent`, which is encoded from the picture at an input.
  mutating func setLatentExtent(from port: String) throws {
    let extent = extent(of: port)
    try requireLatentSize(extent, port: port)
    setExtent(of: "latent", to: extent)
  }
}
