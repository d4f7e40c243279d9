import Engine
import Foundation
import Graph
import Imaging

/// Hands out the path of a PNG file of a picture, and removes it afterwards.
func withPicture(_ image: Image, _ body: (PortArgument) throws -> Void) throws {
  let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).png")
  defer { try? FileManager.default.removeItem(at: file) }
  try AtomicFile.write(PNG.encode(image), to: file.path)
  try body(.constant(.path(.init(written: "picture.png", resolved: file.path))))
}

extension PortArgument: ExpressibleByFloatLiteral {
  /// A number, as a graph would say it.
  public init(floatLiteral value: Double) { self = .constant(.float(value)) }
}

extension PortArgument: ExpressibleByIntegerLiteral {
  /// A whole number, as a graph would say it.
  public init(integerLiteral value: Int) { self = .constant(.int(value)) }
}
