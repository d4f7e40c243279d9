import Engine
import Imaging
import Tensor
import Testing

@testable import Nodes

struct LatentBatchTests {
  private func latent(_ value: Float, count: Int = 1, side: Int = 2) -> Latent {
    Latent(samples: Tensor([count, side, side, 4], repeating: value))
  }

  private func run(_ type: any Node.Type, _ inputs: [String: PortArgument]) throws -> Latent {
    try output(of: type, "latent", inputs)
  }

  @Test func anEmptyBatchHasAsManyElements() throws {
    let empty = try run(
      EmptyLatent.self, ["batch": .int(3), "width": .int(16), "height": .int(8)])
    #expect(empty.samples.shape == [3, 1, 2, 4])
  }

  @Test func batchesAreJoinedAndTakenApart() throws {
    let joined = try run(
      JoinLatents.self,
      ["latents": .list([.value(latent(1)), .value(latent(2, count: 2)), .value(latent(3))])])
    #expect(joined.count == 4)
    let picked = try run(PickLatent.self, ["latent": .value(joined), "index": .int(4)])
    #expect(picked.samples.shape == [1, 2, 2, 4] && picked.samples.elements.allSatisfy { $0 == 3 })
    #expect(throws: LatentBatchError.noSuchElement(index: 5, count: 4)) {
      try run(PickLatent.self, ["latent": .value(joined), "index": .int(5)])
    }
  }

  @Test func latentsAreRepeated() throws {
    let repeated = try run(
      RepeatLatent.self, ["latent": .value(latent(1, count: 2)), "count": .int(3)])
    #expect(repeated.count == 6)
    #expect(throws: LatentBatchError.tooMany(count: 66)) {
      try run(RepeatLatent.self, ["latent": .value(latent(1, count: 33)), "count": .int(2)])
    }
  }

  @Test func onlyLatentsOfOneSizeAreJoined() {
    #expect(throws: LatentBatchError.unequal([2, 2, 4], [3, 3, 4])) {
      try run(
        JoinLatents.self,
        ["latents": .list([.value(latent(1)), .value(latent(1, side: 3))])])
    }
    #expect(throws: LatentBatchError.empty) { try run(JoinLatents.self, ["latents": .list([])]) }
  }

  @Test func aBatchIsDecodedToThePicturesOfItsElements() throws {
    let vae = try PortArgument.part("vae")
    let batch = try Latent(joining: [latent(0.5), latent(-0.5)])
    let images: [Image] = try output(
      of: DecodeLatents.self, "images", ["vae": vae, "latent": .value(batch)])
    #expect(images.count == 2)
    for (index, image) in images.enumerated() {
      let alone: Image = try output(
        of: DecodeLatent.self, "image", ["vae": vae, "latent": .value(batch[index])])
      #expect(image.pixels.elements == alone.pixels.elements)
    }
    #expect(throws: LatentBatchError.self) {
      let _: Image = try output(
        of: DecodeLatent.self, "image", ["vae": vae, "latent": .value(batch)])
    }
  }

  @Test func theFirstOfABatchIsShown() throws {
    let batch = try Latent(joining: [latent(0.5), latent(-0.5)])
    let shown = try #require(depiction(of: batch, model: nil))
    #expect((shown.width, shown.height) == (2, 2))
  }
}
