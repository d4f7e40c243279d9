import Tensor
import Testing

@testable import Diffusion

/// What is left of prompts for a whole picture in a window of it.
@Suite struct PictureWindowTests {
  /// Of a picture of 100 by 60 pixels.
  private static func window(_ columns: Range<Int>, _ rows: Range<Int>) -> PictureWindow {
    PictureWindow(rows: rows, columns: columns, pictureWidth: 100, pictureHeight: 60)
  }

  private static func prompt(_ area: PromptArea? = nil, mask: Tensor? = nil) -> Conditioning {
    var part = Conditioning.Part(context: Tensor([1, 1, 1], [0]))
    part.area = area
    part.mask = mask.map { PromptMask(values: $0, strength: 0.5, isCropped: true) }
    return Conditioning([part])
  }

  @Test(arguments: [
    // Inside, cut at each side, and all of the window.
    (PromptArea.pixels(x: 30, y: 20, width: 20, height: 10), [10, 10, 20, 10]),
    (.pixels(x: 10, y: 0, width: 20, height: 20), [0, 0, 10, 10]),
    (.pixels(x: 50, y: 30, width: 50, height: 30), [30, 20, 20, 20]),
    (.pixels(x: 0, y: 0, width: 100, height: 60), [0, 0, 50, 40]),
    (.fractions(x: 0.5, y: 0.5, width: 0.5, height: 0.5), [30, 20, 20, 20]),
  ])
  func areasAreCutAndMoved(_ area: PromptArea, _ expected: [Int]) throws {
    let cropped = try Self.prompt(area).cropped(to: Self.window(20..<70, 10..<50))
    #expect(
      cropped.parts.map(\.area) == [
        .pixels(x: expected[0], y: expected[1], width: expected[2], height: expected[3])
      ])
  }

  /// A window may be larger than the picture, whose border goes on there.
  @Test func areasAtTheBorderGoOnBeyondIt() throws {
    let window = Self.window(-10..<118, -34..<94)
    let left = try Self.prompt(.pixels(x: 0, y: 0, width: 50, height: 60)).cropped(to: window)
    #expect(left.parts[0].area == .pixels(x: 0, y: 0, width: 60, height: 128))
    let middle = try Self.prompt(.pixels(x: 20, y: 10, width: 50, height: 20)).cropped(to: window)
    #expect(middle.parts[0].area == .pixels(x: 30, y: 44, width: 50, height: 20))
  }

  @Test func promptsForElsewhereAreLeftOut() throws {
    let window = Self.window(20..<70, 10..<50)
    let here = Self.prompt()
    var masked = Tensor([6, 10], repeating: 0).elements
    masked[9] = 1
    let elsewhere = [
      Self.prompt(.pixels(x: 70, y: 0, width: 30, height: 60)),
      Self.prompt(.fractions(x: 0, y: 0, width: 0.2, height: 1)),
      Self.prompt(mask: Tensor([6, 10], masked)),
    ]
    for prompt in elsewhere {
      #expect(try here.combined(with: prompt).cropped(to: window).parts.count == 1)
      let silent = try prompt.cropped(to: window).parts
      #expect(silent.count == 1 && silent[0].strength == 0 && silent[0].area == nil)
    }
    #expect(
      throws: ConditioningError.areaOutside(
        .pixels(x: 100, y: 0, width: 8, height: 8), width: 100, height: 60)
    ) { try Self.prompt(.pixels(x: 100, y: 0, width: 8, height: 8)).cropped(to: window) }
  }

  /// Masks are stretched over the whole picture first, and repeat their border beyond it.
  @Test(arguments: [(20..<70, 10..<50), (-10..<118, -34..<94)])
  func masksAreStretchedAndCut(_ columns: Range<Int>, _ rows: Range<Int>) throws {
    let mask = Tensor.pseudorandom([6, 10], seed: 1)
    let whole = PromptMask(values: mask).resized(toHeight: 60, width: 100)
    let cut = try Self.prompt(mask: mask).cropped(to: Self.window(columns, rows)).parts[0].mask
    let expected = rows.flatMap { y in
      columns.map { x in whole[min(max(y, 0), 59) * 100 + min(max(x, 0), 99)] }
    }
    #expect(cut?.values.shape == [rows.count, columns.count])
    #expect(cut?.values.elements == expected)
    #expect(cut?.strength == 0.5 && cut?.isCropped == true)
  }

  private static func control(_ hint: Tensor, mask: Tensor? = nil) throws -> Control {
    var control = try Control(ControlNetFixture("sd15").model(), hint: hint)
    (control.mask, control.strength) = (mask, 0.7)
    return control
  }

  @Test func hintsAreCut() throws {
    let hint = Tensor.pseudorandom([1, 60, 100, 3], seed: 2)
    let controlled = Self.prompt().controlled(
      by: try Self.control(hint, mask: Tensor([60, 100], hint.slice(0..<1, axis: 3).elements)))
    let inside = try controlled.cropped(to: Self.window(20..<70, 10..<50)).controls[0]
    let expected = hint.slice(10..<50, axis: 1).slice(20..<70, axis: 2)
    #expect(inside.hint.elements == expected.elements)
    #expect(inside.mask?.elements == expected.slice(0..<1, axis: 3).elements)
    #expect(inside.strength == 0.7 && inside.id == controlled.controls[0].id)
    let beyond = try controlled.cropped(to: Self.window(-1..<101, -1..<61)).controls[0].hint
    #expect(beyond.shape == [1, 62, 102, 3])
    #expect(beyond.slice(1..<61, axis: 1).slice(1..<101, axis: 2).elements == hint.elements)
    #expect(beyond.elements.prefix(3) == hint.elements.prefix(3))
    #expect(beyond.elements.suffix(3) == hint.elements.suffix(3))
  }

  @Test func hintsAreForTheWholePicture() throws {
    let controlled = Self.prompt().controlled(
      by: try Self.control(Tensor([1, 40, 50, 3], repeating: 0)))
    #expect(throws: ControlError.hintSize(expected: "100x60", found: "50x40")) {
      try controlled.cropped(to: Self.window(20..<70, 10..<50))
    }
  }
}
