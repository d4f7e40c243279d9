import Graph
import Imaging

/// A size that no picture or mask may have.
struct ImageTooLarge: Error, CustomStringConvertible {
  var width: Int
  var height: Int

  /// Throws for what goes beyond `ImageLimits`.
  static func check(width: Int, height: Int) throws {
    guard max(width, height) <= ImageLimits.side, width * height <= ImageLimits.pixels else {
      throw ImageTooLarge(width: width, height: height)
    }
  }

  var description: String {
    "the result would be \(width)x\(height); a side may have \(ImageLimits.side) pixels, the "
      + "whole \(ImageLimits.pixels / 1_000_000) million"
  }
}

extension Inference {
  /// Says the size of an output that depends on what `port` is bound to, and finds fault with one that is
  /// too large.
  mutating func setExtent(of output: String, to extent: Extent, because port: String?) throws {
    try requireAllowed(extent, port: port)
    setExtent(of: output, to: extent)
  }

  /// Finds fault with a size that depends on what `port` is bound to and that no picture may have.
  func requireAllowed(_ extent: Extent, port: String?) throws {
    guard let width = extent.width, let height = extent.height else { return }
    try finding(.invalidSize, at: port) { try ImageTooLarge.check(width: width, height: height) }
  }

  /// Does what may fail; what it throws becomes a finding at a port.
  func finding<Result>(
    _ code: DiagnosticCode, at port: String?, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch {
      throw InferenceFailure(code, port: port, "\(error)")
    }
  }

  /// The number that a port is bound to, where that is a constant.
  func constantNumber(_ port: String) -> Double? {
    switch constants[port] {
    case .float(let value): value
    case .int(let value): Double(value)
    default: nil
    }
  }
}
