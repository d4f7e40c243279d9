import Tensor
import Testing

@testable import Imaging

/// JPEG and WebP files, and ICC profiles in all formats, against what Pillow reads:
/// `Scripts/reference/photos.py`.
struct PhotoTests {
  /// The decoders compute the same; a colour profile may be rounded the other way: one level of 255.
  private static let profiled = ["wide", "dark", "inks", "srgb"]

  @Test func everyFileIsReadAsPillowReadsIt() throws {
    let names = try Fixtures.photos()
    #expect(names.count > 30)
    for name in names {
      let picture = try Picture(readingFrom: Fixtures.path("photos/read/\(name)"))
      let expected = try Picture(
        readingFrom: Fixtures.path("photos/read/\(name).expected.png"))
      let tolerance: Float = Self.profiled.contains { name.hasPrefix($0) } ? 1 : 0
      #expect(
        picture.image.pixels.levels(from: expected.image.pixels) <= tolerance, "\(name)")
      #expect((picture.alpha == nil) == (expected.alpha == nil), "\(name)")
      if let alpha = picture.alpha, let wanted = expected.alpha {
        #expect(alpha.values.levels(from: wanted.values) == 0, "\(name)")
      }
    }
  }

  @Test func headersAgreeWithPictures() throws {
    for name in try Fixtures.photos() {
      let path = try Fixtures.path("photos/read/\(name)")
      let header = try ImageHeader(readingFrom: path)
      let image = try Picture(readingFrom: path).image
      #expect((header.width, header.height) == (image.width, image.height), "\(name)")
    }
  }

  @Test(arguments: ["plain.jpg", "lossy.webp", "wide.png"])
  func theContentDecidesNotTheName(_ name: String) throws {
    let picture = try Picture(
      decoding: Fixtures.bytes("photos/read/\(name)"), path: "wrong.gif")
    #expect(picture.image.width == 29)
  }

  @Test func anSRGBProfileLeavesEveryValueAlone() throws {
    let tagged = try Picture(readingFrom: Fixtures.path("photos/read/srgb.png")).image
    let plain = try Picture(readingFrom: Fixtures.path("photos/read/lossless.webp")).image
    #expect(tagged.pixels.elements == plain.pixels.elements)
  }

  @Test(arguments: [
    ("twelve-bits.jpg", "is a JPEG file of 12 bits a sample; only 8 can be read, so convert it"),
    (
      "animated.webp",
      "is an animated WebP file; only still pictures can be read, so save one of its frames"
    ),
  ])
  func kindsThatAreNotReadAreNamed(_ name: String, problem: String) throws {
    let path = try Fixtures.path("photos/refused/\(name)")
    let header = try message(of: ImageFileError.self) { _ = try ImageHeader(readingFrom: path) }
    let whole = try message(of: ImageFileError.self) { _ = try Picture(readingFrom: path) }
    #expect(header == "\(path): \(problem)")
    #expect(whole == header)
  }

  @Test(arguments: [
    "plain.jpg", "progressive.jpg", "inks.jpg", "turned-6.jpg", "lossy-alpha.webp",
    "lossless.webp", "turned-6.webp", "wide-alpha.webp",
  ])
  func everyCutIsRefused(_ name: String) throws {
    let bytes = try Fixtures.bytes("photos/read/\(name)")
    for length in 0..<bytes.count {
      #expect(throws: ImageFileError.self, "\(length) bytes") {
        try Picture(decoding: Array(bytes[..<length]), path: name)
      }
    }
  }

  /// Every outcome but a crash will do, and nothing but `ImageFileError` may be thrown. The table of
  /// inks takes long to set up, so of its file fewer bytes are changed.
  @Test(arguments: [
    ("plain.jpg", 1), ("progressive.jpg", 1), ("turned-6.jpg", 1), ("wide.jpg", 2),
    ("inks.jpg", 41), ("lossy-alpha.webp", 1), ("lossless.webp", 1), ("turned-6.webp", 1),
    ("wide-alpha.webp", 2), ("wide.png", 2),
  ])
  func noChangedByteCrashes(_ name: String, step: Int) throws {
    let bytes = try Fixtures.bytes("photos/read/\(name)")
    for index in stride(from: 0, to: bytes.count, by: step) {
      var changed = bytes
      changed[index] ^= [0x01, 0x80, 0xFF][index % 3]
      do {
        _ = try Picture(decoding: changed, path: name)
      } catch is ImageFileError {}
    }
  }

  @Test(arguments: [
    ("plain.jpg", [0, 0, 0, 29], "is a broken JPEG file: it has no pixels, its size is 29x0"),
    (
      "plain.jpg", [0x80, 1, 0, 29],
      "is too large: 29x32769; a side may have 32768 pixels, the picture 100 million"
    ),
  ])
  func impossibleSizesAreRefused(_ name: String, size: [UInt8], problem: String) throws {
    var bytes = try Fixtures.bytes("photos/read/\(name)")
    let frame = try #require(bytes.indices.first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 })
    bytes.replaceSubrange(frame + 5..<frame + 9, with: size)
    let message = try message(of: ImageFileError.self) {
      _ = try Picture(decoding: bytes, path: name)
    }
    #expect(message == "\(name): \(problem)")
  }
}

extension Tensor {
  /// The largest difference, in levels of 255; infinite for another shape.
  func levels(from other: Tensor) -> Float {
    guard shape == other.shape else { return .infinity }
    let largest = Swift.zip(elements, other.elements).map { abs($0 - $1) }.max() ?? 0
    return (largest * 255).rounded()
  }
}
