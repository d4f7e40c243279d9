import Testing

@testable import Imaging

/// The files and their values come from `Scripts/reference/images.py`, which uses no PNG library.
struct PictureTests {
  @Test func everyKindOfFileIsReadExactly() throws {
    let pictures = try Fixtures.expectedPictures()
    #expect(pictures.count > 50)
    for (name, expected) in pictures {
      let picture = try Picture(readingFrom: Fixtures.path("pictures/\(name).png"))
      #expect(picture.image.width == expected.width, "\(name)")
      #expect(picture.image.height == expected.height, "\(name)")
      #expect(
        picture.image.pixels.elements == expected.rgb.map { $0 / expected.maximum }, "\(name)")
      #expect(
        picture.alpha?.values.elements == expected.alpha?.map { $0 / expected.maximum }, "\(name)")
      #expect(picture.text.map { [$0.keyword, $0.text] } == expected.text, "\(name)")
    }
  }

  @Test func headerAgreesWithPicture() throws {
    for (name, expected) in try Fixtures.expectedPictures() {
      let header = try ImageHeader(readingFrom: Fixtures.path("pictures/\(name).png"))
      #expect(header.width == expected.width && header.height == expected.height, "\(name)")
    }
  }

  @Test(arguments: BrokenPicture.all) func brokenFilesAreRefused(_ broken: BrokenPicture) throws {
    let path = try Fixtures.path("broken/\(broken.name).png")
    let message = try message(of: ImageFileError.self) { _ = try Picture(readingFrom: path) }
    #expect(message == "\(path): \(broken.problem)")
  }

  @Test(arguments: ["rgb-8", "palette-4-interlaced-transparent", "texts"])
  func everyCutIsRefused(_ name: String) throws {
    let bytes = try Fixtures.bytes("pictures/\(name).png")
    for length in 0..<bytes.count {
      #expect(throws: ImageFileError.self, "\(length) bytes") {
        try Picture(decoding: Array(bytes[..<length]), path: name)
      }
    }
  }

  /// Every outcome but a crash will do, and nothing but `ImageFileError` may be thrown.
  @Test(arguments: ["grey-16-interlaced", "palette-4-interlaced-transparent", "texts"])
  func noChangedByteCrashes(_ name: String) throws {
    let bytes = try Fixtures.bytes("pictures/\(name).png")
    for index in bytes.indices {
      for change: UInt8 in [0x01, 0x80, 0xFF] {
        var changed = bytes
        changed[index] ^= change
        do {
          _ = try Picture(decoding: changed, path: name)
        } catch is ImageFileError {}
      }
    }
  }
}

/// A file under `Fixtures/broken`, and what is said of it.
struct BrokenPicture: Sendable, CustomTestStringConvertible {
  var name: String
  var problem: String
  var testDescription: String { name }

  init(_ name: String, _ problem: String) {
    self.name = name
    self.problem = problem
  }

  static let all = [
    BrokenPicture("bmp", "is a BMP file; only PNG, JPEG and WebP can be read, so convert it"),
    BrokenPicture(
      "converted-line-ends", "is not a picture that can be read: neither PNG nor JPEG nor WebP"),
    BrokenPicture("cut-before-end", "is a broken PNG file: the file ends too early"),
    BrokenPicture("cut-in-pixels", "is a broken PNG file: the file ends too early"),
    BrokenPicture("cut-stream", "is a broken PNG file: Not enough image data"),
    BrokenPicture("empty", "is empty"),
    BrokenPicture("endless-chunk", "is a broken PNG file: the file ends too early"),
    BrokenPicture("gif", "is a GIF file; only PNG, JPEG and WebP can be read, so convert it"),
    BrokenPicture("half-header", "is a broken PNG file: it does not begin with a whole header"),
    BrokenPicture("header-checksum", "is a broken PNG file: IHDR: CRC error"),
    BrokenPicture(
      "header-not-first",
      "is a broken PNG file: it does not begin with a whole header"),
    BrokenPicture(
      "huge",
      "is too large: 4294967295x4294967295; "
        + "a side may have 32768 pixels, the picture 100 million"),
    BrokenPicture("no-height", "is a broken PNG file: it has no pixels, its size is 7x0"),
    BrokenPicture("no-palette", "is a broken PNG file: IDAT: Missing PLTE before IDAT"),
    BrokenPicture("no-pixels", "is a broken PNG file: IEND: out of place"),
    BrokenPicture("no-width", "is a broken PNG file: it has no pixels, its size is 0x5"),
    BrokenPicture("not-a-stream", "is a broken PNG file: IDAT: incorrect header check"),
    BrokenPicture("pixels-checksum", "is a broken PNG file: IDAT: CRC error"),
    BrokenPicture("signature-alone", "is a broken PNG file: it does not begin with a whole header"),
    BrokenPicture("text", "is not a picture that can be read: neither PNG nor JPEG nor WebP"),
    BrokenPicture("tiff", "is a TIFF file; only PNG, JPEG and WebP can be read, so convert it"),
    BrokenPicture("too-few-rows", "is a broken PNG file: Not enough image data"),
    BrokenPicture(
      "too-many-pixels",
      "is too large: 10001x10000; a side may have 32768 pixels, the picture 100 million"),
    BrokenPicture(
      "too-wide",
      "is too large: 32769x1; a side may have 32768 pixels, the picture 100 million"),
    BrokenPicture("unknown-color-type", "is a broken PNG file: Invalid IHDR data"),
    BrokenPicture("unknown-critical-chunk", "is a broken PNG file: ABCD: unhandled critical chunk"),
    BrokenPicture("unknown-depth", "is a broken PNG file: Invalid IHDR data"),
    BrokenPicture("unknown-filter", "is a broken PNG file: bad adaptive filter value"),
    BrokenPicture("unknown-interlacing", "is a broken PNG file: Invalid IHDR data"),
  ]
}
