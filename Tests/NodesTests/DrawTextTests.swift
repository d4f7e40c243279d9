import Engine
import Foundation
import Graph
import Imaging
import Tensor
import Testing

@testable import Nodes

/// `draw-text`, and the fonts that it finds.
struct DrawTextTests {
  private func drawn(_ inputs: [String: PortArgument]) throws -> (image: Image, mask: Mask) {
    let font = PortArgument.constant(
      .path(.init(written: "default", resolved: try FontFile.builtIn())))
    let outputs = try run(DrawText.self, ["font": font].merging(inputs) { $1 })
    return (try #require(outputs["image"] as? Image), try #require(outputs["mask"] as? Mask))
  }

  @Test func wordsAreInk() throws {
    let red = PortArgument.constant(.color(ColorLiteral(red: 1, green: 0, blue: 0)))
    let (image, mask) = try drawn([
      "text": .text("Ink"), "width": 90, "height": 40, "size": 30, "color": red,
    ])
    #expect((image.width, image.height) == (90, 40))
    let bounds = try #require(mask.bounds)
    #expect(bounds.width > 30 && bounds.x > 20 && bounds.x + bounds.width < 70)
    for (index, ink) in mask.values.elements.enumerated() {
      #expect(image.pixels.elements[index * 3] == ink)
      #expect(image.pixels.elements[index * 3 + 1] == 0)
    }
  }

  @Test func aPictureKeepsWhatIsBesideTheInk() throws {
    let picture = Image(pixels: Tensor([30, 40, 3], (0..<3600).map { Float($0 % 255) / 255 }))
    let (image, mask) = try drawn([
      "text": .text("a"), "image": .value(picture), "size": 20, "anchor": .text("top-left"),
    ])
    let (old, new) = (picture.pixels.elements, image.pixels.elements)
    #expect(old != new)
    for (index, ink) in mask.values.elements.enumerated() where ink == 0 {
      #expect(old[index * 3..<index * 3 + 3] == new[index * 3..<index * 3 + 3])
    }
  }

  @Test func tooLargeAPictureIsRefused() {
    #expect(throws: ImageTooLarge.self) {
      try drawn(["text": .text("a"), "width": 20_000, "height": 20_000])
    }
  }

  /// A folder with a copy of the font that comes with Easel, under a name of its own.
  private func withFonts(_ body: (FontSearch, String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "easel-fonts-\(UUID().uuidString)")
    let file = folder.appending(path: "words/Some-File.ttf")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(atPath: FontFile.builtIn(), toPath: file.path)
    try Data("no font".utf8).write(to: folder.appending(path: "broken.otf"))
    try body(FontSearch(folders: ["/no/such/folder", folder.path]), file.path)
  }

  @Test(arguments: ["some-file", "Some File", "DejaVu Sans", "dejavusans-book"])
  func fontsAreFoundByName(_ name: String) throws {
    try withFonts { search, file in
      let found = try search.find(name, path: name)
      #expect(found == file)
      let located = try FontLocation.$search.withValue(search) {
        try FontLocation.locate(name, in: "")
      }
      #expect(located == file)
    }
  }

  @Test(arguments: [
    ("DejaVu Snas", "; did you mean `DejaVu Sans`?"),
    ("some-fle", "; did you mean `Some-File`?"),
    ("Nothing like it", "; give the path of a font's file, or `default`"),
  ])
  func missingFontsAreNamedWhenTheGraphIsChecked(_ name: String, _ advice: String) throws {
    try withFonts { search, _ in
      let findings = FontLocation.$search.withValue(search) {
        Checking(
          "  words: { uses: draw-text, text: x, font: \(name) }\n"
            + "outputs: { image: \"${words.image}\" }\n"
        ).findings
      }
      #expect(findings.count == 1)
      let finding = try #require(findings.first)
      #expect(finding.contains("there is no font `\(name)`: no file \(name), and none"))
      #expect(finding.hasSuffix(advice))
    }
  }

  @Test func aFileThatIsNoFontIsFoundWhenTheGraphIsChecked() {
    let check = Checking(
      "  words: { uses: draw-text, text: x, font: /no/such/font.ttf }\n"
        + "outputs: { image: \"${words.image}\" }\n")
    #expect(check.findings.count == 1)
    #expect(check.findings.first?.contains("/no/such/font.ttf") == true)
  }
}
