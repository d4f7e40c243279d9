import Graph

extension Inference {
  /// The whole number that a port is bound to, where that is a constant.
  func constantInt(_ port: String) -> Int? {
    guard case .int(let value)? = constants[port] else { return nil }
    return value
  }

  /// The size of the image or latent at an input, as far as it is known.
  func extent(of port: String) -> Extent {
    switch inputs[port] {
    case .image(let extent), .mask(let extent), .latent(_, let extent): extent
    default: .unknown
    }
  }

  /// Says the size of the image, mask or latent at an output.
  mutating func setExtent(of port: String, to extent: Extent) {
    switch outputs[port] {
    case .image: outputs[port] = .image(extent)
    case .mask: outputs[port] = .mask(extent)
    case .latent(let family, _): outputs[port] = .latent(family, extent)
    default: break
    }
  }

  /// Finds fault with `port` where a size that comes from it is known and does not fit latents.
  func requireLatentSize(_ extent: Extent, port: String) throws {
    for (side, size) in [("width", extent.width), ("height", extent.height)] {
      guard let size, size % latentScale != 0 else { continue }
      let error = SizeNotMultiple(side: side, size: size)
      throw InferenceFailure(.invalidSize, port: port, error.description, help: error.fix)
    }
  }
}

/// How many pixels of a picture, along each side, one element of a latent stands for.
let latentScale = 8

/// A width or height that has no latent.
struct SizeNotMultiple: Error, CustomStringConvertible {
  var side: String
  var size: Int

  /// Throws where a picture of this size has no latent.
  static func check(width: Int, height: Int) throws {
    for (side, size) in [("width", width), ("height", height)] where size % latentScale != 0 {
      throw SizeNotMultiple(side: side, size: size)
    }
  }

  var description: String { "the \(side), \(size), is no multiple of \(latentScale)" }
  var fix: String {
    let below = size / latentScale * latentScale
    return below == 0 ? "\(latentScale) would fit" : "\(below) or \(below + latentScale) would fit"
  }
}
