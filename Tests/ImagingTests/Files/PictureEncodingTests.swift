import Foundation
import Tensor
import Testing

@testable import Imaging

struct PictureEncodingTests {
  private static let all: [PictureEncoding] = [
    .png, .jpeg(quality: 85), .webP(quality: 85), .losslessWebP,
  ]

  private static func source() throws -> Image {
    try Picture(readingFrom: Fixtures.path("photos/read/lossless.webp")).image
  }

  @Test(arguments: all) func samePictureGivesSameBytes(_ encoding: PictureEncoding) throws {
    let image = try Self.source()
    let text = [(keyword: "easel", text: "{}")]
    #expect(try encoding.encode(image, text: text) == encoding.encode(image, text: text))
  }

  @Test(arguments: all) func aMaskIsGrey(_ encoding: PictureEncoding) throws {
    let bytes = try encoding.encode(Mask(width: 5, height: 3, filledWith: 0.4))
    let image = try Picture(decoding: bytes, path: "memory").image
    #expect((image.width, image.height) == (5, 3))
    #expect(image.pixels.elements.allSatisfy { $0 == 102.0 / 255 })
  }

  @Test func losslessIsLossless() throws {
    let image = try Self.source()
    let again = try Picture(decoding: PictureEncoding.losslessWebP.encode(image), path: "memory")
    #expect(again.image.pixels.elements == image.pixels.elements)
  }

  /// The same libraries at the same settings lose as much: 3 % of the squared error.
  @Test(arguments: [
    ("jpeg-30", PictureEncoding.jpeg(quality: 30)), ("jpeg-90", .jpeg(quality: 90)),
    ("webp-30", .webP(quality: 30)), ("webp-90", .webP(quality: 90)),
  ])
  func qualityIsThatOfPillow(_ name: String, _ encoding: PictureEncoding) throws {
    let errors = try JSONDecoder().decode(
      [String: Float].self, from: Data(Fixtures.bytes("photos/resaved.json")))
    let image = try Self.source()
    let again = try Picture(decoding: encoding.encode(image), path: "memory").image
    let error = zip(image.pixels.elements, again.pixels.elements)
      .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) * 255 * 255 }
    let mean = error / Float(image.pixels.elements.count)
    let expected = try #require(errors[name])
    #expect(abs(mean - expected) <= 0.03 * expected, "\(mean), Pillow: \(expected)")
  }

  /// Comments of JPEG hold 65,533 bytes: texts that end there, and that are longer than two.
  @Test(arguments: all) func textsComeBackInOrder(_ encoding: PictureEncoding) throws {
    let lengths = [0, 65_527, 65_528, 65_529, 131_060, 200_000]
    let texts =
      [("easel", "{\"prompt\":\"Füße, 絵, 🎨\"}")]
      + lengths.map { ("Title", String(repeating: "x", count: $0)) }
    let bytes = try encoding.encode(Self.source(), text: texts)
    let found = try Picture(decoding: bytes, path: "memory").text
    #expect(found.map(\.keyword) == texts.map(\.0))
    #expect(found.map(\.text) == texts.map(\.1))
  }

  @Test func textsDoNotChangeThePixels() throws {
    let image = try Self.source()
    for encoding in Self.all {
      let plain = try Picture(decoding: encoding.encode(image), path: "memory").image
      let carrying = try Picture(
        decoding: encoding.encode(image, text: [("easel", "{}")]), path: "memory")
      #expect(plain.pixels.elements == carrying.image.pixels.elements)
    }
  }

  @Test func aPlainCommentHasAKeyword() {
    let texts = JPEGComments.texts(in: [Array("made by hand".utf8)[...]])
    #expect(texts.map(\.keyword) == ["Comment"] && texts.map(\.text) == ["made by hand"])
  }

  @Test(arguments: [
    (
      PictureEncoding.webP(quality: 80), 16_384, 1,
      "the picture is too large for WebP, whose sides have at most 16383 pixels"
    ),
    (
      .jpeg(quality: 80), 65_501, 1,
      "the picture cannot be encoded as JPEG: Maximum supported image dimension is 65500 pixels"
    ),
    (
      .jpeg(quality: 80), 0, 4,
      "the picture cannot be encoded as JPEG: Empty JPEG image (DNL not supported)"
    ),
    (.losslessWebP, 0, 4, "the picture cannot be encoded as WebP: libwebp takes it for no picture"),
  ])
  func impossibleSizesAreRefused(
    _ encoding: PictureEncoding, width: Int, height: Int, problem: String
  ) throws {
    let message = try message(of: ImageEncodingError.self) {
      _ = try encoding.encode(Mask(width: width, height: height, filledWith: 0))
    }
    #expect(message == problem)
  }
}
