import Engine
import Graph
import Imaging
import Tensor
import Testing

@testable import Nodes

/// The nodes that make and change masks, run alone and checked in graphs.
struct MaskNodeTests {
  private static let drawing = """
      box: { uses: mask-box, x: 4, y: 4, box-width: 8, box-height: 8, width: 32, height: 24 }
      round: { uses: mask-ellipse, x: 16, y: 12, radius-x: 6, width: 32, height: 24 }
      corners:
        uses: mask-polygon
        points: [[1, 1], [20.5, 2], [10, 20]]
        width: 32
        height: 24
      line: { uses: mask-stroke, points: [[2, 2], [9, 9]], brush: 3, width: 32, height: 24 }
      grown: { uses: grow-mask, mask: "${box}", radius: 2 }
      shrunk: { uses: shrink-mask, mask: "${grown}", radius: 1 }
      soft: { uses: feather-mask, mask: "${shrunk}", radius: 3 }
      hard: { uses: threshold-mask, mask: "${soft}" }
      whole: { uses: fill-mask-holes, mask: "${hard}" }
      inverse: { uses: invert-mask, mask: "${whole}" }
      first: { uses: combine-masks, first: "${inverse}", second: "${round}" }
      second: { uses: combine-masks, first: "${first}", second: "${corners}" }
      mask: { uses: combine-masks, first: "${second}", second: "${line}", operation: subtract }

    """

  @Test func sizesGoThroughAllMasks() {
    let check = Checking(Self.drawing + "outputs: { mask: \"${mask}\" }\n")
    #expect(check.findings == [])
    #expect(check.type(of: "mask", "mask") == "mask<32x24>")
  }

  @Test func masksOfOtherSizesAreFoundWhenTheGraphIsChecked() {
    let check = Checking(
      Self.drawing.replacing("radius-x: 6, width: 32", with: "radius-x: 6, width: 40")
        + "outputs: { mask: \"${mask}\" }\n")
    #expect(check.findings == ["size-mismatch: `second` is 40x24, and `first` is 32x24"])
  }

  @Test(arguments: [
    ("points: [[1, 1], [2, 2]]", "there are 2 points, and it takes at least 3"),
    (
      "points: [[1, 1], [2], [3, 3]]",
      "point 2 is [2.0]; a point is two numbers, `[x, y]`, of at most a million"
    ),
    (
      "points: [[1, 1], [2, 2], [3, 2e9]]",
      "point 3 is [3.0, 2000000000.0]; a point is two numbers, `[x, y]`, of at most a million"
    ),
  ])
  func pointsAreCheckedWithTheGraph(_ points: String, _ message: String) {
    let check = Checking(
      "  mask: { uses: mask-polygon, \(points), width: 8, height: 8 }\n"
        + "outputs: { mask: \"${mask}\" }\n")
    #expect(check.findings == ["invalid-value: \(message)"])
  }

  @Test func masksThatAreTooLargeAreFoundWhenTheGraphIsChecked() {
    let check = Checking(
      """
        mask: { uses: mask-ellipse, x: 1, y: 1, radius-x: 2, width: 20000, height: 20000 }
      outputs: { mask: "${mask}" }

      """)
    #expect(
      check.findings == [
        "invalid-size: the result would be 20000x20000; a side may have 32768 pixels, the whole "
          + "100 million"
      ])
  }

  @Test func aMaskHasTheSizeOfItsPicture() throws {
    let image = Image(pixels: Tensor([6, 9, 3], repeating: 0.5))
    let outputs = try run(
      MaskBox.self,
      [
        "image": .value(image), "x": 1.0, "y": 1.0, "box-width": 2.0, "box-height": 1.0,
      ])
    let mask = try #require(outputs["mask"] as? Mask)
    #expect((mask.width, mask.height) == (9, 6))
    #expect(mask.bounds == PixelRegion(x: 1, y: 1, width: 2, height: 1))
    #expect(throws: ImageTooLarge.self) {
      try run(
        MaskEllipse.self,
        ["x": 1.0, "y": 1.0, "radius-x": 2.0, "width": 20_000, "height": 20_000])
    }
  }

  @Test func masksOfOtherSizesAreRefused() {
    let masks = [4, 5].map { Mask(width: $0, height: 3, filledWith: 1) }
    let error = #expect(throws: SizesDiffer.self) {
      try run(CombineMasks.self, ["first": .value(masks[0]), "second": .value(masks[1])])
    }
    #expect(
      error?.description == "`second` is 5x3, and `first` is 4x3; they must be of one size")
  }

  @Test func rangesThatEndBeforeTheyBeginAreRefused() {
    let check = Checking(
      """
        canvas: { uses: empty-latent, width: 64, height: 48 }
        checkpoint: { uses: load-checkpoint }
        picture: { uses: decode-latent, vae: "${checkpoint.vae}", latent: "${canvas}" }
        mask: { uses: mask-luminance, image: "${picture}", from: 0.75, to: 0.5 }
      outputs: { mask: "${mask}" }

      """)
    #expect(check.findings == ["invalid-value: the end, 0.5, lies before the start, 0.75"])
    let image = Image(pixels: Tensor([1, 1, 3], repeating: 0))
    #expect(throws: EmptyRange.self) {
      try run(MaskLuminance.self, ["image": .value(image), "from": 0.75, "to": 0.5])
    }
  }

  @Test func channelsOfAFileBecomeMasks() throws {
    try withPicture(Image(pixels: Tensor([1, 2, 3], [0, 1, 0, 1, 0, 0]))) { path in
      for (channel, values) in [
        ("red", [Float(0), 1]), ("green", [1, 0]), ("blue", [0, 0]), ("alpha", [1, 1]),
        ("luma", [0.587, 0.299]),
      ] {
        let outputs = try run(LoadMask.self, ["path": path, "channel": .constant(.text(channel))])
        #expect((outputs["mask"] as? Mask)?.values.elements == values, "\(channel)")
      }
    }
  }

  @Test func masksAreResized() throws {
    let mask = Mask(width: 4, height: 4, filledWith: 1)
    let outputs = try run(
      ResizeMask.self,
      [
        "mask": .value(mask), "width": .constant(.int(8)), "height": .constant(.int(4)),
        "fit": .constant(.text("contain")),
      ])
    let resized = try #require(outputs["mask"] as? Mask)
    #expect(resized.bounds == PixelRegion(x: 2, y: 0, width: 4, height: 4))
  }

  @Test func colorsAreMasked() throws {
    let image = Image(pixels: Tensor([1, 2, 3], [0, 1, 0, 1, 0, 0]))
    let green = ColorLiteral(red: 0, green: 1, blue: 0)
    let outputs = try run(
      MaskColor.self, ["image": .value(image), "color": .constant(.color(green))])
    #expect((outputs["mask"] as? Mask)?.values.elements == [1, 0])
  }
}
