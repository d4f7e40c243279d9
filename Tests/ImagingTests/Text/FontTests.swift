import Foundation
import Tensor
import Testing

@testable import Imaging

struct FontTests {
  /// Compares with pictures that are exact but for a 64th of a pixel: see `Scripts/reference/text.py`. FreeType
  /// itself takes curves for straight within a 16th of a pixel. (A line that is moved by a quarter of a
  /// pixel differs by 0.015 or more on average.)
  @Test(arguments: [
    ("plain", 14, "seed 7"), ("small", 9, "a smiling person"), ("large", 31, "Hamburg"),
    ("kerned", 20, "AVATAR To, Ty. LT"), ("accents", 16, "Ünïcödé Ångström çğş"),
    ("greek", 15, "Ψηφιακή Ω"), ("cyrillic", 15, "Портрет № 5"),
    ("signs", 18, "→ ½ “x” … € ★ ✓"), ("leaning", 24, "jfj"), ("missing", 16, "a\u{6F22}b"),
  ])
  func linesLookAsTheirOutlinesSay(name: String, size: Int, text: String) throws {
    let fixtures = try SafetensorsFile(path: Fixtures.path("text.safetensors"))
    let expected = try fixtures.tensor(name)
    let found = try Font(size: size).draw(text).coverage.values
    try #require(found.shape == expected.shape)
    let differences = zip(found.elements, expected.elements).map { abs($0 - $1) }
    #expect(differences.max() ?? 1 < 0.13)
    #expect(differences.reduce(0, +) / Float(differences.count) < 0.007)
  }

  @Test func kerningMovesLettersTogether() throws {
    let font = try Font(size: 100)
    #expect(font.width(of: "AV") < font.width(of: "A") + font.width(of: "V"))
    #expect(font.width(of: "HH") == font.glyphs(of: "HH").advance * 100 / 2048 + 1)
  }

  @Test func aLineIsAsWideAtEverySize() throws {
    let text = "the quick brown fox"
    let large = try Font(size: 2048).width(of: text)
    for size in [4, 14, 100, 512] {
      #expect(try Font(size: size).width(of: text) == (large * size + 2047) / 2048)
    }
  }

  @Test(arguments: ["a\u{7}b", "a\u{200B}b", "\u{FEFF}ab", "a\u{AD}b", "ab\u{FE0F}", "a\u{202E}b"])
  func whatIsInvisibleLeavesNoMark(text: String) throws {
    let font = try Font(size: 20)
    #expect(
      font.draw(text).coverage.values.elements == font.draw("ab").coverage.values.elements)
  }

  @Test(arguments: ["", "\u{300}", "\u{10FFFF}", "👩‍👩‍👧‍👧", String(repeating: "i\u{307}", count: 300)])
  func nothingIsTooStrangeToDraw(text: String) throws {
    let line = try Font(size: 10).draw(text)
    #expect(line.coverage.values.elements.allSatisfy { 0...1 ~= $0 })
  }

  @Test func aFontThatIsNoneIsRefused() throws {
    let text = try Fixtures.path("broken/text.png")
    for file in ["/no/such/font.ttf", text] {
      let found = try message(of: FontError.self) { _ = try Font(readingFrom: file, size: 10) }
      #expect(found == "\(file): is not a font that can be read")
    }
  }
}
