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

  private func expectKept(_ filled: Image, outside mask: Mask) throws {
    let (old, new) = (image.pixels.elements, filled.pixels.elements)
    for (place, value) in mask.values.elements.enumerated() where value == 0 {
      for index in place * 3..<place * 3 + 3 { #expect(old[index] == new[index]) }
    }
  }
}
