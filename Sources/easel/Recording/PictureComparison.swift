import Imaging

/// How a picture that was made again compares with the one that was there.
enum PictureComparison: Equatable {
  case sameBytes
  /// The pixels are the same; what else the file holds is not.
  case samePixels(record: [Difference])
  case otherSize(was: String, now: String)
  /// `largest` is a difference of 8-bit values.
  case otherPixels(count: Int, of: Int, largest: Int)

  /// Throws `ImageFileError`.
  init(_ old: RecordedPicture, madeAgain bytes: [UInt8], as path: String) throws {
    if old.bytes == bytes {
      self = .sameBytes
      return
    }
    let made = try Picture(decoding: bytes, path: path).image
    let image = old.picture.image
    guard made.pixels.shape == image.pixels.shape else {
      self = .otherSize(
        was: "\(image.width)x\(image.height)", now: "\(made.width)x\(made.height)")
      return
    }
    let differences = zip(image.pixels.elements, made.pixels.elements).map { abs($0 - $1) }
    let largest = Int(((differences.max() ?? 0) * 255).rounded())
    let count = stride(from: 0, to: differences.count, by: 3).count {
      differences[$0..<$0 + 3].contains { $0 > 0 }
    }
    self =
      count > 0
      ? .otherPixels(count: count, of: image.width * image.height, largest: largest)
      : .samePixels(
        record: old.record.easel == Easel.version
          ? [] : [.program(was: old.record.easel, now: Easel.version)])
  }

  /// Whether it shows the same.
  var isSame: Bool {
    switch self {
    case .sameBytes, .samePixels: true
    case .otherSize, .otherPixels: false
    }
  }
}

extension PictureComparison: CustomStringConvertible {
  /// What follows the path and a colon.
  var description: String {
    switch self {
    case .sameBytes: "the same, byte for byte"
    case .samePixels(let differences):
      (["the same pixels in another file"] + differences.map(\.description)).joined(separator: "; ")
    case .otherSize(let was, let now): "another picture: it was \(was), now it is \(now)"
    case .otherPixels(let count, let total, let largest):
      "another picture: \(count) of \(total) pixels differ, by up to \(largest) of 255"
    }
  }
}
