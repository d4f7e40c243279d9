import Tensor
import Testing

@testable import Imaging

/// Compares with a direct solution of SciPy: see `Scripts/reference/edges.py`.
struct FillingTests {
  private let fixtures: SafetensorsFile
  private let image: Image

  init() throws {
    fixtures = try SafetensorsFile(path: Fixtures.path("edges.safetensors"))
    image = Image(pixels: try fixtures.tensor("picture").map { $0 / 255 })
  }

  /// Values of 16 bits are half of 1/1024 from the exact ones, at most.
  @Test(arguments: ["soft", "grain", "side", "most"])
  func neighborsAreLaplaces(_ name: String) throws {
    let mask = Mask(values: try fixtures.tensor("mask.\(name)"))
    let filled = try image.filled(where: mask, by: .neighbors)
    #expect(largestDifference(filled.pixels, try fixtures.tensor("filled.\(name)")) < 1e-3)
    try expectKept(filled, outside: mask)
  }

  @Test(arguments: MaskFill.allCases) func nothingElseChanges(_ fill: MaskFill) throws {
    let mask = Mask(
      width: image.width, height: image.height,
      covering: Ellipse(center: Point(x: 20, y: 30), radiusX: 9.5, radiusY: 14))
    let filled = try image.filled(where: mask, by: fill, color: .white, sigma: 3)
    try expectKept(filled, outside: mask)
    #expect((filled.pixels.elements == image.pixels.elements) == (fill == .none))
  }

  /// A ramp is its own mean of neighbours: it goes on through a hole, however large.
  @Test(arguments: [(9, 5), (64, 64), (257, 130)])
  func rampsGoOn(_ width: Int, _ height: Int) throws {
    let ramp = Tensor([height, width, 3]) { pixels in
      for index in pixels.indices {
        let (y, x) = (index / 3).quotientAndRemainder(dividingBy: width)
        pixels[index] = [Float(x) / Float(width), Float(y) / Float(height), 0.5][index % 3]
      }
    }
    let hole = Mask(
      width: width, height: height,
      covering: Box(x: 1, y: 1, width: Double(width - 2), height: Double(height - 2)))
    let filled = try Image(pixels: ramp).filled(where: hole, by: .neighbors)
    #expect(largestDifference(filled.pixels, ramp) < 1e-3)
  }

  @Test func fillsAreWhatTheySay() throws {
    let mask = Mask(width: image.width, height: image.height, filledWith: 1)
    #expect(
      try image.filled(where: mask, by: .blur, sigma: 3).pixels.elements
        == image.blurred(sigma: 3).pixels.elements)
    let white = try image.filled(where: mask, by: .color, color: .white)
    #expect(white.pixels.elements.allSatisfy { $0 == 1 })
  }

  @Test func emptyMasksChangeNothing() throws {
    let mask = Mask(width: image.width, height: image.height, filledWith: 0)
    for fill in MaskFill.allCases {
      #expect(try image.filled(where: mask, by: fill).pixels.elements == image.pixels.elements)
    }
  }

  @Test func aFullMaskLeavesNothingToFillFrom() throws {
    let mask = Mask(width: image.width, height: image.height, filledWith: 0.25)
    #expect(throws: NothingKnown.self) { try image.filled(where: mask, by: .neighbors) }
    let pixel = Image(pixels: Tensor([1, 1, 3], repeating: 0.5))
    let none = Mask(width: 1, height: 1, filledWith: 0)
    #expect(try pixel.filled(where: none, by: .neighbors).pixels.elements == [0.5, 0.5, 0.5])
  }

  @Test func aFillCanBeEndedBetweenItsRounds() throws {
    let mask = Mask(
      width: image.width, height: image.height, covering: Box(x: 3, y: 3, width: 9, height: 9))
    let sides = PaddingSides(left: 5)
    var rounds = 0
    _ = try image.filled(where: mask, by: .neighbors) { rounds += 1 }
    #expect(rounds > 1)
    #expect(throws: CancellationError.self) {
      try image.filled(where: mask, by: .neighbors) { throw CancellationError() }
    }
    #expect(throws: CancellationError.self) {
      try image.padded(by: sides, with: .neighbors) { throw CancellationError() }
    }
  }

  @Test(arguments: [
    ("sides", 20, 17, PaddingSides(top: 5, right: 9), 6),
    ("all", 9, 12, PaddingSides(left: 2, top: 1, right: 3, bottom: 4), 4),
    ("small", 9, 12, PaddingSides(left: 2, top: 1, right: 3, bottom: 4), 5),
  ])
  func masksOfRoomAreComfyUIs(
    _ name: String, _ width: Int, _ height: Int, _ sides: PaddingSides, _ feather: Int
  ) throws {
    let mask = sides.mask(around: width, height, feather: feather)
    #expect(largestDifference(mask.values, try fixtures.tensor("outpaint.\(name)")) < 1e-3)
  }

  /// Beside a picture of one colour, the solution is that colour.
  @Test func roomIsFilledFromThePicture() {
    let flat = Image(width: 5, height: 4, filledWith: Color(red: 0.25, green: 0.5, blue: 1))
    let padded = flat.padded(by: PaddingSides(left: 30, bottom: 9), with: .neighbors)
    #expect((padded.width, padded.height) == (35, 13))
    for (index, value) in padded.pixels.elements.enumerated() {
      #expect(abs(value - [0.25, 0.5, 1][index % 3]) < 1e-3)
    }
  }

  private func expectKept(_ filled: Image, outside mask: Mask) throws {
    let (old, new) = (image.pixels.elements, filled.pixels.elements)
    for (place, value) in mask.values.elements.enumerated() where value == 0 {
      for index in place * 3..<place * 3 + 3 { #expect(old[index] == new[index]) }
    }
  }
}
