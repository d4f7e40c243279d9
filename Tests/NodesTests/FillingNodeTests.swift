import Diffusion
import Engine
import Graph
import Imaging
import Tensor
import Testing

@testable import Nodes

/// The nodes that fill what is to be drawn.
struct FillingNodeTests {
  private let image = Image(
    pixels: Tensor([24, 32, 3], (0..<2304).map { Float($0 * 37 % 256) / 255 }))
  private let mask = Mask(
    width: 32, height: 24, covering: Box(x: 8, y: 8, width: 8, height: 8))

  @Test(arguments: ["none", "blur", "neighbors", "color"])
  func onlyTheMaskIsFilled(_ fill: String) throws {
    let filled: Image = try output(
      of: FillMasked.self, "image",
      ["image": .value(image), "mask": .value(mask), "fill": .text(fill)])
    let (old, new) = (image.pixels.elements, filled.pixels.elements)
    for (index, weight) in mask.values.elements.enumerated() where weight == 0 {
      #expect(old[index * 3..<index * 3 + 3] == new[index * 3..<index * 3 + 3])
    }
    #expect((old == new) == (fill == "none"))
  }

  @Test func roomIsMaskedSoftly() throws {
    let outputs = try run(
      PadForOutpaint.self, ["image": .value(image), "right": 16, "feather": 4])
    let padded = try #require(outputs["image"] as? Image)
    let mask = try #require(outputs["mask"] as? Mask)
    let own = PixelRegion(x: 0, y: 0, width: 32, height: 24)
    #expect(padded.cropped(to: own).pixels.elements == image.pixels.elements)
    // The last five columns of the picture and the first of the room.
    #expect(Array(mask.values.elements[27...32]) == [0, 0, 0.0625, 0.25, 0.5625, 1])
  }

  @Test func noRoomIsNoMask() throws {
    let outputs = try run(PadForOutpaint.self, ["image": .value(image)])
    #expect((outputs["image"] as? Image)?.pixels.elements == image.pixels.elements)
    #expect((outputs["mask"] as? Mask)?.bounds == nil)
  }

  @Test(arguments: ["noise", "zeros"]) func latentsAreFilled(_ fill: String) throws {
    let latent = Latent(samples: Tensor([2, 3, 4, 2], repeating: 0.5))
    let filled: Latent = try output(
      of: FillLatent.self, "latent",
      [
        "latent": .value(latent), "mask": .value(mask), "fill": .text(fill),
        "seed": .constant(.int(7)),
      ])
    let noise = NoiseLibrary.cpu.noise([2, 3, 4, 2], seed: 7).elements
    for (index, value) in filled.samples.elements.enumerated() {
      // One element, in the second row and column.
      let isMasked = index / 2 % 4 == 1 && index / 8 % 3 == 1
      #expect(value == (isMasked ? (fill == "noise" ? noise[index] : 0) : 0.5))
    }
  }
}
