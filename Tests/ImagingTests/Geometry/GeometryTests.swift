import Tensor
import Testing

@testable import Imaging

/// Compares with Pillow and NumPy: see `Scripts/reference/editing.py`.
struct GeometryTests {
  private let fixtures: SafetensorsFile
  private let image: Image

  init() throws {
    fixtures = try SafetensorsFile(path: Fixtures.path("edits.safetensors"))
    image = Image(pixels: try fixtures.tensor("image"))
  }

  private static let grey = Color(red: 0.25, green: 0.25, blue: 0.25)

  @Test(arguments: ["-200", "-90", "0", "17.5", "45", "90", "133", "180", "270"], [false, true])
  func turningIsPillows(_ angle: String, _ expands: Bool) throws {
    let degrees = try #require(Double(angle))
    let rotation = Rotation(
      degrees: degrees, width: image.width, height: image.height, expands: expands)
    let turned = rotation(image, background: Self.grey)
    let expected = try fixtures.tensor("rotated.\(angle).\(expands ? "expanded" : "kept")")
    #expect((turned.width, turned.height) == (rotation.newWidth, rotation.newHeight))
    #expect(turned.pixels.shape == expected.shape)
    #expect(largestDifference(turned.pixels, expected) < 1e-5)
  }

  @Test func fourQuartersAreAWhole() {
    let turn = { (image: Image, degrees: Double) in
      Rotation(degrees: degrees, width: image.width, height: image.height, expands: true)(
        image, background: .black)
    }
    let quarters = (0..<4).reduce(image) { image, _ in turn(image, 90) }
    #expect(quarters.pixels.elements == image.pixels.elements)
    #expect(turn(turn(image, -90), 450).pixels.elements == image.pixels.elements)
    #expect(turn(image, 270).pixels.elements == turn(image, -90).pixels.elements)
  }

  @Test(arguments: FlipDirection.allCases) func mirroringTwiceChangesNothing(
    _ direction: FlipDirection
  ) {
    let flipped = image.flipped(direction)
    #expect(flipped.pixels.elements != image.pixels.elements)
    #expect(flipped.flipped(direction).pixels.elements == image.pixels.elements)
  }

  @Test func mirroringExchangesSides() {
    let image = Mask(values: Tensor([2, 2], [0, 0.25, 0.5, 1]))
    #expect(image.flipped(.horizontal).values.elements == [0.25, 0, 1, 0.5])
    #expect(image.flipped(.vertical).values.elements == [0.5, 1, 0, 0.25])
  }

  private static let sides = PaddingSides(left: 2, top: 21, right: 40, bottom: 3)

  @Test(arguments: [PaddingFill.color, .edge, .reflect]) func paddingIsNumPys(_ fill: PaddingFill)
    throws
  {
    let padded = image.padded(by: Self.sides, with: fill, color: Self.grey)
    #expect(padded.pixels.elements == (try fixtures.tensor("padded.\(fill)").elements))
  }

  @Test func blurredRoomLeavesThePictureAsItIs() {
    let padded = image.padded(by: Self.sides, with: .blur, sigma: 3)
    let own = PixelRegion(x: 2, y: 21, width: image.width, height: image.height)
    #expect(padded.cropped(to: own).pixels.elements == image.pixels.elements)
    let edge = image.padded(by: Self.sides, with: .edge).blurred(sigma: 3)
    #expect(
      padded.pixels.elements.prefix(20 * padded.width * 3)
        == edge.pixels.elements.prefix(20 * padded.width * 3))
  }

  @Test func onePixelCanBePaddedAndTurned() {
    let pixel = Image(pixels: Tensor([1, 1, 3], repeating: 0.5))
    for fill in [PaddingFill.edge, .reflect, .blur] {
      let padded = pixel.padded(by: PaddingSides(left: 3, bottom: 2), with: fill)
      #expect((padded.width, padded.height) == (4, 3))
      #expect(padded.pixels.elements.allSatisfy { $0 == 0.5 })
    }
    let turned = Rotation(degrees: 90, width: 1, height: 1, expands: true)(
      pixel, background: .black)
    #expect(turned.pixels.elements == [0.5, 0.5, 0.5])
  }

  @Test func regionsBeyondThePictureAreFound() throws {
    try PixelRegion(x: 0, y: 0, width: 27, height: 19).check(inside: 27, 19)
    for region in [
      PixelRegion(x: 1, y: 0, width: 27, height: 19), PixelRegion(x: -1, y: 0, width: 5, height: 5),
      PixelRegion(x: 0, y: 15, width: 5, height: 5), PixelRegion(x: 0, y: 0, width: 5, height: 20),
    ] {
      #expect(throws: RegionError.outside(region, width: 27, height: 19)) {
        try region.check(inside: 27, 19)
      }
    }
  }
}
