import Tensor
import Testing

@testable import Imaging

struct CropFramingTests {
  private func mask(_ width: Int, _ height: Int, _ region: PixelRegion) -> Mask {
    Mask(
      width: width, height: height,
      covering: Box(
        x: Double(region.x), y: Double(region.y), width: Double(region.width),
        height: Double(region.height)))
  }

  @Test(arguments: [
    PixelRegion(x: 0, y: 0, width: 1, height: 1), PixelRegion(x: 29, y: 19, width: 1, height: 1),
    PixelRegion(x: 3, y: 4, width: 20, height: 1), PixelRegion(x: 0, y: 0, width: 30, height: 20),
  ])
  func boundsHoldAllOfTheMask(_ region: PixelRegion) {
    #expect(mask(30, 20, region).bounds == region)
  }

  @Test func contextAndPaddingAreRoomAroundTheMask() throws {
    let mask = mask(200, 200, PixelRegion(x: 80, y: 90, width: 40, height: 20))
    let doubled = try CropFraming(context: 2, padding: 0, multiple: 1).region(around: mask)
    #expect(doubled == PixelRegion(x: 60, y: 80, width: 80, height: 40))
    let padded = try CropFraming(context: 1, padding: 5, multiple: 1).region(around: mask)
    #expect(padded == PixelRegion(x: 75, y: 85, width: 50, height: 30))
    let eights = try CropFraming(context: 1, padding: 5, multiple: 8).region(around: mask)
    #expect((eights.width, eights.height) == (56, 32))
  }

  @Test func theRegionMovesIntoThePicture() throws {
    let mask = mask(100, 50, PixelRegion(x: 0, y: 45, width: 10, height: 5))
    let region = try CropFraming(context: 2, padding: 0, workingSize: (64, 64)).region(around: mask)
    #expect(region == PixelRegion(x: 0, y: 30, width: 20, height: 20))
  }

  @Test func aPictureThatIsTooSmallIsGoneBeyond() throws {
    let mask = mask(100, 10, PixelRegion(x: 20, y: 0, width: 60, height: 10))
    let region = try CropFraming(context: 1, padding: 0, workingSize: (64, 64)).region(around: mask)
    #expect(region == PixelRegion(x: 20, y: -25, width: 60, height: 60))
  }

  @Test func whatCannotBeFramedIsSaid() throws {
    let empty = Mask(width: 5, height: 5, filledWith: 0)
    #expect(throws: RegionError.emptyMask) { try CropFraming().region(around: empty) }
    let line = Mask(width: 20_000, height: 1, filledWith: 1)
    let framing = CropFraming(workingSize: (512, 512))
    #expect(throws: RegionError.tooLarge(width: 20_000, height: 20_000)) {
      try framing.region(around: line)
    }
  }
}
