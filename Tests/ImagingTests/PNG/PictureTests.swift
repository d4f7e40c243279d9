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
      #expect(picture.image.pixels.elements == expected.rgb.map { $0 / expected.maximum }, "\(name)")
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
    BrokenPicture("empty", "is empty"),
    BrokenPicture("text", "is not a PNG file"),
    BrokenPicture("jpeg", "is a JPEG file; only PNG can be read, so convert it"),
  ]
}
