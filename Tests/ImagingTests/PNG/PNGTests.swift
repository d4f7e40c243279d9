import Tensor
import Testing

@testable import Imaging

struct PNGTests {
  @Test func everyValueOf8BitsComesBack() throws {
    let values = (0..<256).map { Float($0) / 255 }
    let image = Image(pixels: Tensor([16, 16, 3], values + values.reversed() + values))
    let mask = Mask(values: Tensor([8, 32], values))
    #expect(try decoded(PNG.encode(image)).image.pixels.elements == image.pixels.elements)
    let grey = try decoded(PNG.encode(mask)).image
    #expect(grey.width == 32 && grey.height == 8)
    #expect(grey.pixels.elements == values.flatMap { [$0, $0, $0] })
  }

  @Test func valuesAreRoundedToTheNearestAndCutOff() throws {
    let values: [Float] = [
      -1, 0.49 / 255, 0.51 / 255, 254.4 / 255, 254.6 / 255, 7, .nan, .infinity,
    ]
    let mask = Mask(values: Tensor([1, 8], values))
    let red = try decoded(PNG.encode(mask)).image.pixels.elements.enumerated()
      .filter { $0.offset % 3 == 0 }.map { $0.element * 255 }
    #expect(red == [0, 0, 1, 254, 255, 255, 0, 255])
  }

  @Test func sameInputGivesSameBytes() throws {
    let image = Image(pixels: Tensor([3, 5, 3], (0..<45).map { Float($0) / 45 }))
    let text = [(keyword: "easel", text: "{}")]
    #expect(try PNG.encode(image, text: text) == PNG.encode(image, text: text))
  }

  @Test func textsComeBackInOrder() throws {
    let texts = [
      ("easel", #"{"prompt":"a smiling person"}"#),
      ("Title", "Füße, 絵, 🎨, e\u{301}\nsecond line"),
      ("Long", String(repeating: "seed: 7 – ", count: 800_000)),
      ("Empty", ""),
      ("Title", "again"),
    ]
    let mask = Mask(width: 1, height: 1, filledWith: 1)
    let found = try decoded(PNG.encode(mask, text: texts)).text
    #expect(found.map(\.keyword) == texts.map(\.0))
    #expect(found.map { Array($0.text.utf8) } == texts.map { Array($0.1.utf8) })
  }

  @Test func noMoreThan30TextsAreKept() throws {
    let texts = (0..<40).map { (keyword: "Comment", text: "\($0)") }
    let found = try decoded(PNG.encode(Mask(width: 1, height: 1, filledWith: 1), text: texts)).text
    #expect(found.map(\.text) == texts.prefix(30).map(\.text))
  }

  @Test(arguments: ["", " a", "a ", "a  b", "é", "a\0b", "a\n", String(repeating: "k", count: 80)])
  func impossibleKeywordsAreRefused(_ keyword: String) throws {
    let mask = Mask(width: 1, height: 1, filledWith: 1)
    #expect(throws: ImageEncodingError.invalidKeyword(keyword)) {
      try PNG.encode(mask, text: [(keyword, "text")])
    }
  }

  @Test func textWithNULIsRefused() throws {
    let mask = Mask(width: 1, height: 1, filledWith: 1)
    let message = try message(of: ImageEncodingError.self) {
      _ = try PNG.encode(mask, text: [("Title", "a\0b")])
    }
    #expect(
      message
        == #"the text "Title" of a picture contains a NUL character, which files cannot store"#)
  }

  @Test func pictureWithoutPixelsIsRefused() throws {
    let message = try message(of: ImageEncodingError.self) {
      _ = try PNG.encode(Mask(width: 0, height: 4, filledWith: 0))
    }
    #expect(message == "the picture cannot be encoded as PNG: Invalid IHDR data")
  }

  private func decoded(_ bytes: [UInt8]) throws -> Picture {
    try Picture(decoding: bytes, path: "memory")
  }
}
