import Tensor
import Testing

@testable import Imaging

struct ContactSheetTests {
  private static let red = Color(red: 1, green: 0, blue: 0)

  private func image(_ width: Int, _ height: Int, _ value: Float) -> Image {
    Image(pixels: Tensor([height, width, 3], repeating: value))
  }

  /// The red channel, a row a line, in tenths.
  private func rows(of image: Image) -> [String] {
    let pixels = image.pixels.elements
    return (0..<image.height).map { y in
      (0..<image.width).map { "\(Int((pixels[(y * image.width + $0) * 3] * 10).rounded()) % 10)" }
        .joined()
    }
  }

  @Test func picturesStandInTheMiddleOfTheirCells() throws {
    let style = ContactSheetStyle(columns: 2, gap: 1, background: .black)
    let sheet = try ContactSheet(
      [image(3, 2, 0.1), image(1, 2, 0.2), image(2, 1, 0.3)], style: style
    ).draw()
    #expect(
      rows(of: sheet) == [
        "000000000",
        "011100200",
        "011100200",
        "000000000",
        "033000000",
        "000000000",
        "000000000",
      ])
  }

  @Test func withoutAGapPicturesTouch() throws {
    let style = ContactSheetStyle(columns: 5, gap: 0)
    let sheet = try ContactSheet([image(2, 1, 0.1), image(2, 1, 0.2)], style: style).draw()
    #expect(rows(of: sheet) == ["1122"])
  }

  @Test func allChannelsAreKept() throws {
    let pixels = (0..<12).map { Float($0) / 16 }
    let style = ContactSheetStyle(gap: 1, background: Color(red: 0.25, green: 0.5, blue: 0.75))
    let sheet = try ContactSheet([Image(pixels: Tensor([2, 2, 3], pixels))], style: style).draw()
    let found = sheet.pixels.elements
    #expect(Array(found[0..<6]) == [0.25, 0.5, 0.75, 0.25, 0.5, 0.75])
    #expect(Array(found[15..<21] + found[27..<33]) == pixels)
  }

  @Test(arguments: [
    (1, 10, 10, 1), (4, 10, 10, 2), (5, 10, 10, 3), (8, 10, 10, 3), (9, 10, 10, 3),
    (2, 10, 10, 2), (2, 30, 10, 1), (3, 10, 40, 3), (12, 20, 10, 3), (6, 10, 15, 3),
  ])
  func theSheetIsTheNearestToASquare(count: Int, width: Int, height: Int, columns: Int) throws {
    let layout = try ContactSheetLayout(
      count: count, cellWidth: width, cellHeight: height, style: ContactSheetStyle(gap: 2))
    #expect(layout.columns == columns)
    #expect(layout.width == columns * (width + 2) + 2)
  }

  @Test func labelsStandBelowTheirPicturesAndInsideTheirColumns() throws {
    let style = ContactSheetStyle(columns: 3, gap: 10, labelSize: 12, labelColor: Self.red)
    let images = [image(60, 20, 0), image(60, 20, 0), image(60, 20, 0)]
    let labels = ["short", "a longer one, of several lines, more than there is room for", ""]
    let sheet = try ContactSheet(images, labels: labels, style: style)
    let font = try Font(size: 12)
    let lineHeight = font.lineHeight
    #expect(sheet.layout.labels.map(\.count) == [1, 3, 0])
    #expect(sheet.layout.height == 10 + 20 + 3 + 3 * lineHeight + 10)
    let ink = inked(try sheet.draw())
    // Nothing in the gaps, beside the short label's second line, or below the third picture.
    #expect(ink.allSatisfy { $0.y >= 33 && $0.y < 33 + 3 * lineHeight })
    #expect(ink.allSatisfy { 10..<70 ~= $0.x || 80..<140 ~= $0.x })
    let short = ink.filter { $0.x < 70 }
    #expect(short.allSatisfy { $0.y < 33 + lineHeight })
    // In the middle, on the baseline.
    let (left, right) = (short.map(\.x).min() ?? 0, short.map(\.x).max() ?? 0)
    #expect(abs((left - 10) - (69 - right)) <= 2)
    #expect(short.map(\.y).max() == 33 + font.ascent)
  }

  /// Where the green channel is not that of the white background or the black pictures.
  private func inked(_ sheet: Image) -> [(x: Int, y: Int)] {
    let pixels = sheet.pixels.elements
    return (0..<sheet.width * sheet.height).filter {
      pixels[$0 * 3] == 1 && pixels[$0 * 3 + 1] < 1
    }.map { ($0 % sheet.width, $0 / sheet.width) }
  }

  @Test func aLabelThatIsWiderThanItsCellIsCutOff() throws {
    let style = ContactSheetStyle(gap: 4, labelSize: 40, labelColor: Self.red)
    let sheet = try ContactSheet([image(3, 3, 0)], labels: ["W"], style: style).draw()
    let ink = inked(sheet)
    #expect(!ink.isEmpty)
    #expect(ink.allSatisfy { 4..<7 ~= $0.x })
  }

  @Test func threadCountChangesNothing() throws {
    let threads = ThreadPool.shared.threadCount
    defer { ThreadPool.shared.setThreadCount(threads) }
    let sheets = try [1, 2, 5].map { count in
      ThreadPool.shared.setThreadCount(count)
      let sheet = try ContactSheet(
        (0..<5).map { image(30 + $0, 20, Float($0) / 5) }, labels: ["a", "b", "c", "d", "e"],
        style: ContactSheetStyle())
      return try sheet.draw().pixels.elements
    }
    #expect(sheets[0] == sheets[1] && sheets[0] == sheets[2])
  }

  @Test func labelsStandOutFromTheBackground() throws {
    let style = ContactSheetStyle(labelSize: 20, background: .black)
    let sheet = try ContactSheet([image(40, 1, 0)], labels: ["I"], style: style).draw()
    #expect(sheet.pixels.elements.max() == 1)
  }

  @Test func whatCannotBeASheetIsRefused() throws {
    let style = ContactSheetStyle()
    func fault(_ count: Int, _ side: Int, _ labels: [String] = []) throws -> String {
      try message(of: ContactSheetError.self) {
        _ = try ContactSheetLayout(
          count: count, cellWidth: side, cellHeight: side, labels: labels, style: style)
      }
    }
    #expect(try fault(0, 8) == "there is no image; a sheet needs at least one")
    #expect(
      try fault(1, 8, ["a", "b"])
        == "there is 1 image and 2 labels; each image needs one label, or none has one")
    #expect(
      try fault(3, 8, ["a"])
        == "there are 3 images and 1 label; each image needs one label, or none has one")
    #expect(
      try fault(4, 6000)
        == "the sheet would have 12024x12024 pixels; a side may have 32768, the sheet 100 million")
    #expect(try fault(2, .max).hasPrefix("the sheet would have \(Int.max)x\(Int.max) pixels"))
  }
}
