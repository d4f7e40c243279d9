import Foundation
import Imaging

extension Program {
  /// A picture that was saved.
  func picture(_ name: String) throws -> Image {
    try Picture(readingFrom: folder.appending(path: name).path).image
  }

  /// Puts the example's portrait into the folder, where it may be already.
  func copyPortrait(to name: String) throws {
    let portrait = Program.root.appending(path: "Examples/portrait/expected.png")
    try Data(contentsOf: portrait).write(to: folder.appending(path: name))
  }
}

extension Data {
  /// A PNG file that ends behind its header.
  static func pngHeader(width: UInt32, height: UInt32) -> Data {
    var bytes: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]
    bytes += Array("IHDR".utf8)
    for number in [width, height] { Swift.withUnsafeBytes(of: number.bigEndian) { bytes += $0 } }
    return Data(bytes + [8, 2, 0, 0, 0, 0, 0, 0, 0])
  }
}
