import Foundation
import Imaging

extension Program {
  /// A picture that was saved.
  func picture(_ name: String) throws -> Image {
    try Picture(readingFrom: folder.appending(path: name).path).image
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
