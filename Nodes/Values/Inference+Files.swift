import Graph

extension Inference {
  /// Does `read`, which looks into the file of a path port. What it throws becomes a finding at
  /// that port.
  func reading<Result>(_ port: String, _ read: () throws -> Result) throws -> Result {
    do {
      return try read()
    } catch {
      throw InferenceFailure(.unreadableFile, port: port, "\(error)")
    }
  }

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
}
