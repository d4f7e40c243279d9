import Tensor
import Testing

@testable import Imaging

struct StitchingTests {
  private func bits(_ image: Image) -> [UInt32] { image.pixels.elements.map(\.bitPattern) }

  /// A picture of a random size, and a random box in it.
  private func scene(_ seed: UInt64) -> (image: Image, mask: Mask) {
    var random = SplitMix(state: seed)
    let (width, height) = (
      Int.random(in: 1...60, using: &random), Int.random(in: 1...60, using: &random)
    )
    let box = Box(
      x: .random(in: -5...Double(width) - 0.5, using: &random),
      y: .random(in: -5...Double(height) - 0.5, using: &random),
      width: .random(in: 6...40, using: &random), height: .random(in: 6...40, using: &random))
    return (
      .noise(width: width, height: height, seed: seed),
      Mask(width: width, height: height, covering: box)
    )
  }

  private static let workingSizes: [(width: Int, height: Int)?] = [
    nil, (64, 64), (96, 32), (8, 8), (17, 40),
  ]

  @Test(arguments: 1...UInt64(60)) func whatWasNotChangedGoesBackWithoutATrace(_ seed: UInt64)
    throws
  {
    let (image, mask) = scene(seed)
    for size in Self.workingSizes {
      let framing = CropFraming(context: 1.2, padding: 3, workingSize: size)
      let region = try framing.region(around: mask)
      let crop = image.cropped(to: region, size: size)
      let stitched = try image.stitching(crop, at: region, through: mask.feathered(by: 5))
      #expect(bits(stitched) == bits(image))
    }
  }

  @Test(arguments: 1...UInt64(60)) func whatIsOutsideTheFeatherKeepsItsBits(_ seed: UInt64) throws {
    let (image, mask) = scene(seed)
    let feathered = mask.feathered(by: 4)
    for size in Self.workingSizes {
      let region = try CropFraming(padding: 6, workingSize: size).region(around: mask)
      let crop = image.cropped(to: region, size: size)
      let inverse = Image(pixels: crop.pixels.map { 1 - $0 })
      let stitched = bits(try image.stitching(inverse, at: region, through: feathered))
      let old = bits(image)
      #expect(stitched != old)
      for (place, weight) in feathered.values.elements.enumerated() where weight == 0 {
        #expect(stitched[place * 3..<place * 3 + 3] == old[place * 3..<place * 3 + 3])
      }
    }
  }

  /// The seam of a part is worked out where it is alone.
  @Test(arguments: 1...UInt64(30)) func partsGoBackAsThroughTheWholeMask(_ seed: UInt64) throws {
    let (image, mask) = scene(seed)
    let place = try CropFraming(padding: 6, workingSize: (32, 24)).region(around: mask)
    let region = try #require(mask.bounds)
    let crop = Image.noise(width: 32, height: 24, seed: seed + 1)
    for feather in [0, 2.5, 40] {
      let stitched = try PartStitching(feather: feather, colorMatch: 0)(
        [(crop: crop, place: place, region: region)], into: image, through: mask)
      let expected = try image.stitching(
        crop, at: place, through: mask.restricted(to: region).feathered(by: feather))
      #expect(bits(stitched) == bits(expected))
    }
  }

  @Test func aPartForARegionBesideThePictureChangesNothing() throws {
    let image = Image.noise(width: 20, height: 10, seed: 1)
    let mask = Mask(width: 20, height: 10, filledWith: 1)
    let place = PixelRegion(x: 0, y: 0, width: 8, height: 8)
    let region = PixelRegion(x: 300, y: -40, width: 5, height: 5)
    let stitched = try PartStitching(feather: 3, colorMatch: 1)(
      [(crop: .noise(width: 8, height: 8, seed: 2), place: place, region: region)], into: image,
      through: mask)
    #expect(bits(stitched) == bits(image))
  }

  @Test func whereAllOfTheMaskIsTheNewPixelsStandExactly() throws {
    let image = Image.noise(width: 9, height: 7, seed: 1)
    let crop = Image.noise(width: 4, height: 3, seed: 2)
    let region = PixelRegion(x: 5, y: -1, width: 4, height: 3)
    let mask = Mask(width: 9, height: 7, filledWith: 1)
    let stitched = try image.stitching(crop, at: region, through: mask).cropped(
      to: PixelRegion(x: 5, y: 0, width: 4, height: 2))
    #expect(bits(stitched) == bits(crop.cropped(to: PixelRegion(x: 0, y: 1, width: 4, height: 2))))
  }

  @Test func onlyWhatWasChangedIsMadeAnew() throws {
    let image = Image.noise(width: 64, height: 64, seed: 3)
    let region = PixelRegion(x: 0, y: 0, width: 64, height: 64)
    var pixels = image.cropped(to: region, size: (128, 128)).pixels.elements
    pixels[(64 * 128 + 64) * 3] = 1 - pixels[(64 * 128 + 64) * 3]
    let changed = Image(pixels: Tensor([128, 128, 3], pixels))
    let mask = Mask(width: 64, height: 64, filledWith: 1)
    let stitched = try image.stitching(changed, at: region, through: mask)
    let places = zip(bits(stitched), bits(image)).enumerated().filter { $1.0 != $1.1 }.map(\.offset)
    #expect(!places.isEmpty)
    // Three lobes of Lanczos' kernel on each side.
    for place in places {
      #expect(abs(place / 3 % 64 - 32) <= 3 && abs(place / 3 / 64 - 32) <= 3)
    }
  }

  @Test func aRegionBesideThePictureIsRefused() {
    let image = Image.noise(width: 8, height: 8, seed: 4)
    let mask = Mask(width: 8, height: 8, filledWith: 1)
    let region = PixelRegion(x: 8, y: 0, width: 4, height: 4)
    #expect(throws: RegionError.apart(region, width: 8, height: 8)) {
      try image.stitching(image, at: region, through: mask)
    }
  }

  @Test(arguments: [
    [], [1, 2, 3], [0, 0, 0, 5], [0, 0, 5, -1], [Int.max, 0, 5, 5], [0, 0, 1, 40_000],
  ])
  func numbersThatAreNoRegionAreRefused(_ numbers: [Int]) {
    #expect(throws: RegionError.notARegion(numbers)) { try PixelRegion(numbers) }
  }
}
