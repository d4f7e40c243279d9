import Synchronization
import Tensor
import Testing

@testable import Diffusion

@Suite struct TextContextTests {
  private static let tokens = Tensor([1, 3, 4], (0..<12).map(Float.init))

  private static func pack(_ tokens: Tensor) -> PackedContext {
    PackedContext(keys: tokens, values: tokens, heads: 2)
  }

  @Test func everyLayerPacksOnce() {
    let context = TextContext(Self.tokens)
    let layers = [LayerIdentity(), LayerIdentity()]
    var packedCount = 0
    for layer in layers + layers {
      _ = context.packed(for: layer) {
        packedCount += 1
        return Self.pack($0)
      }
    }
    #expect(packedCount == 2)
    #expect(context.layerCount == 2)
  }

  @Test func callsAtOnceShareOnePacking() async {
    let context = TextContext(Self.tokens)
    let layer = LayerIdentity()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 { group.addTask { _ = context.packed(for: layer, by: Self.pack) } }
    }
    #expect(context.layerCount == 1)
  }

  @Test(arguments: UNetCase.all)
  func aSecondCallFindsWhatTheFirstMade(_ unetCase: UNetCase) throws {
    let (unet, reference) = (try unetCase.unet(), try unetCase.reference())
    let sample = try reference["sample"]
    let added =
      reference.contains("time_ids")
      ? AddedConditioning(
        pooled: try reference["text_embeds"], timeIDs: try reference["time_ids"]) : nil
    let context = TextContext(try reference["context"])
    let expected = unet(sample, timestep: 500, context: context.tokens, added: added).elements
    #expect(unet(sample, timestep: 500, context: context, added: added).elements == expected)
    let layers = context.layerCount
    #expect(layers > 0)
    #expect(unet(sample, timestep: 500, context: context, added: added).elements == expected)
    #expect(context.layerCount == layers)
  }
}
