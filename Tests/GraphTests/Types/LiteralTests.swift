import Testing

@testable import Graph

struct LiteralTests {
  private static let plain: [(String, Literal)] = [
    ("7", Literal.int(7)), ("-7", .int(-7)), ("+7", .int(7)), ("007", .int(7)),
    ("0.5", .float(0.5)),
    ("1e3", .float(1000)), ("-2.5E-1", .float(-0.25)), ("true", .bool(true)),
    ("false", .bool(false)),
    ("yes", .text("yes")), ("1x", .text("1x")), ("0x10", .text("0x10")), ("nan", .text("nan")),
    ("inf", .text("inf")), ("1-2", .text("1-2")), (".5", .text(".5")), ("1_000", .text("1_000")),
  ]

  @Test(arguments: plain)
  func plainScalarsHaveTypesOfTheirOwn(_ text: String, _ value: Literal) throws {
    #expect(try Literal.inferred(fromPlain: text) == value)
  }

  private static let wanted: [(String, PortType, Literal)] = [
    ("3", PortType.float, Literal.float(3)), ("3", .text, .text("3")),
    ("true", .text, .text("true")),
    ("#f80", .color, .color(ColorLiteral(red: 1, green: 136 / 255, blue: 0))),
    ("#00000080", .color, .color(ColorLiteral(red: 0, green: 0, blue: 0, alpha: 128 / 255))),
    ("512x768", .size, .size(width: 512, height: 768)), ("7", .seed, .int(7)),
    ("euler", .choice(["euler"]), .text("euler")),
    ("a/./b.png", .path, .path(.init(written: "a/./b.png", resolved: "in/a/b.png", folder: "in"))),
    ("../b.png", .path, .path(.init(written: "../b.png", resolved: "b.png", folder: "in"))),
    ("/b.png", .path, .path(.init(written: "/b.png", resolved: "/b.png", folder: "in"))),
  ]

  @Test(arguments: wanted)
  func scalarsAreReadAsWanted(_ text: String, _ type: PortType, _ value: Literal) throws {
    #expect(try Literal.read(text, isPlain: true, as: type, folder: "in") == value)
  }

  private static let unfit: [(String, PortType)] = [
    ("2.0", PortType.int), ("x", .int), ("-1", .seed), ("1", .bool), ("#ff", .color), ("3x", .size),
    ("0x4", .size), ("heun", .choice(["euler"])), ("99999999999999999999", .int), ("1e999", .float),
  ]

  @Test(arguments: unfit)
  func whatDoesNotFitIsRefused(_ text: String, _ type: PortType) {
    #expect(throws: ScalarFault.self) {
      try Literal.read(text, isPlain: true, as: type, folder: "")
    }
  }

  @Test func quotesMakeTexts() {
    #expect(throws: ScalarFault.wrongType(found: .text)) {
      try Literal.read("5", isPlain: false, as: .int, folder: "")
    }
  }

  private static let shown: [(Literal, String)] = [
    (Literal.int(3), "3"), (.float(0.5), "0.5"), (.float(3), "3.0"), (.bool(true), "true"),
    (.color(ColorLiteral(red: 1, green: 0.5, blue: 0)), "#ff8000"),
    (.color(ColorLiteral(red: 1, green: 0, blue: 0, alpha: 0)), "#ff000000"),
    (.size(width: 3, height: 4), "3x4"), (.list([.int(1), .text("a")]), "[1, a]"),
    (.path(.init(written: "a.png", resolved: "b/a.png")), "a.png"),
  ]

  @Test(arguments: shown)
  func literalsAreShownAsWritten(_ literal: Literal, _ text: String) {
    #expect(literal.display == text)
  }
}
