import Foundation
import Tensor
import Testing

extension Program {
  /// Lets the second half of a safetensors file's weights be no numbers, which shows only when they are used.
  func makeWeightsNoNumbers(in file: URL) throws {
    var bytes = try Data(contentsOf: file)
    let half = bytes.count / 2 & ~1
    bytes.replaceSubrange(half..., with: repeatElement(0xff, count: bytes.count - half))
    try bytes.write(to: file)
  }

  /// Lets a safetensors file be of about `size` bytes by a tensor that no model asks for. It takes no room on the disk.
  func enlarge(_ file: URL, to size: Int) throws {
    let header = try SafetensorsHeader(readingFrom: file.path)
    let data = try Data(contentsOf: file)
    let start = header.tensors.values.map(\.range.lowerBound).min() ?? 0
    let count = data.count - start
    let text = String(decoding: data[8..<start], as: UTF8.self)
    let end = try #require(text.lastIndex(of: "}"))
    let room = size - count
    let longer =
      text[..<end]
      + ",\"room\":{\"dtype\":\"U8\",\"shape\":[\(room)],\"data_offsets\":[\(count),\(size)]}}"
    let padded = longer + String(repeating: " ", count: (8 - longer.utf8.count % 8) % 8)
    let length = withUnsafeBytes(of: UInt64(padded.utf8.count).littleEndian) { Data($0) }
    try (length + Data(padded.utf8) + data[start...]).write(to: file)
    let handle = try FileHandle(forWritingTo: file)
    try handle.truncate(atOffset: UInt64(8 + padded.utf8.count + size))
    try handle.close()
  }
}
