import Tensor
import Testing

@testable import Imaging

/// Where a text stands on a picture; how its lines look is tested with `Font`.
struct TextBlockTests {
  private func block(_ text: String, size: Int = 20) throws -> TextBlock {
    TextBlock(text, font: try FontFile.builtIn(), size: size)
  }

  @Test(arguments: TextAnchor.allCases) func itStandsAtItsAnchor(_ anchor: TextAnchor) throws {
    var block = try block("Text")
    (block.anchor, block.margin, block.x, block.y) = (anchor, 10, 3, -2)
    let bounds = try #require(try block.coverage(width: 200, height: 100).bounds)
    let font = try Font(size: 20)
    let width = font.width(of: "Text")
    let left = [TextAlignment.left: 10, .center: (200 - width) / 2, .right: 190 - width]
    let top = [
      TextAlignment.left: 10, .center: (100 - font.lineHeight) / 2, .right: 90 - font.lineHeight,
    ]
    let line = try #require(font.draw("Text").coverage.bounds)
    let x = try #require(left[anchor.horizontal]) + 3 - font.draw("Text").margin
    #expect(bounds.x == x + line.x)
    #expect(bounds.y == (try #require(top[anchor.vertical])) - 2 + line.y)
    #expect((bounds.width, bounds.height) == (line.width, line.height))
  }

  @Test func linesStandAmongEachOther() throws {
    var block = try block("wwww\ni")
    let line = try Font(size: 20).lineHeight
    var starts: [Int] = []
    for alignment in TextAlignment.allCases {
      block.alignment = alignment
      let ink = try block.coverage(width: 200, height: 2 * line)
      let second = ink.cropped(to: PixelRegion(x: 0, y: line, width: 200, height: line))
      starts.append(try #require(second.bounds).x)
    }
    #expect(starts == starts.sorted() && Set(starts).count == 3)
  }

  @Test func linesAreBrokenWhereTheyDoNotFit() throws {
    var block = try block("one two three four")
    let wide = try #require(try block.coverage(width: 400, height: 200).bounds)
    block.maxWidth = 60
    let narrow = try #require(try block.coverage(width: 400, height: 200).bounds)
    #expect(narrow.width <= 62 && narrow.height > 2 * wide.height)
  }

  @Test func whatGoesBeyondIsCutOff() throws {
    var block = try block(String(repeating: "Many words. ", count: 200), size: 40)
    let ink = try block.coverage(width: 30, height: 20)
    #expect(ink.values.elements.allSatisfy { 0...1 ~= $0 })
    block.x = 1000
    #expect(try block.coverage(width: 30, height: 20).bounds == nil)
    #expect(try self.block("").coverage(width: 1, height: 1).values.elements == [0])
    #expect(try self.block("big", size: 400).coverage(width: 1, height: 1).width == 1)
  }

  @Test func fontsAreCalledByTheirNames() throws {
    let name = try FontFile.name(of: FontFile.builtIn())
    #expect(name == ("DejaVu Sans", "Book"))
    #expect(throws: FontError.self) { try FontFile.name(of: "/no/such/font.ttf") }
  }
}
