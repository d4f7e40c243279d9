import DefaultModel
import Foundation
import Tensor
import Testing

@testable import Diffusion

@Suite struct CheckpointTests {
  @Test(arguments: [
    (Fixtures.model("sd1"), ModelFamily.sd1), (Fixtures.model("sd2"), .sd2),
    (Fixtures.model("sdxl"), .sdxl), (DefaultModel.path ?? "", .sdxl),
  ])
  func theFamilyIsReadFromTheConfigurations(_ path: String, _ family: ModelFamily) throws {
    let header = try CheckpointHeader(of: path)
    #expect(header.family == family)
    #expect(header.inChannels == 4)
    #expect(header.latentChannels == 4)
    #expect(header.forcesZerosForEmptyPrompt == (family == .sdxl))
  }

  @Test func theEmbeddedModelIsDescribed() throws {
    let description = try CheckpointDescription(of: DefaultModel.path ?? "")
    #expect(description.parts.map(\.name) == ["text_encoder", "text_encoder_2", "unet", "vae"])
    let contents = try description.parts.map { try $0.contents.get() }
    #expect(contents.map(\.parameterCount) == [199_872, 419_616, 5_790_628, 823_975])
    #expect(contents.allSatisfy { $0.problems.isEmpty && $0.leftOver.isEmpty })
    #expect(contents.allSatisfy { $0.types == [.float16: $0.tensorCount] })
    #expect(contents.allSatisfy { $0.byteCount == 2 * $0.parameterCount })
  }

  @Test func shardsAreOnePart() throws {
    let unet = try CheckpointDescription(of: Fixtures.model("sdxl")).parts[2].contents.get()
    #expect(unet.files.count == 3)
    #expect(unet.problems.isEmpty && unet.leftOver.isEmpty)
  }

  @Test func whatIsMissingAndWhatIsLeftOverIsListed() throws {
    let copy = try ModelCopy(of: "sd1")
    try copy.rewrite("vae/diffusion_pytorch_model.safetensors") { key, tensor in
      key == "quant_conv.bias" ? ("other.bias", tensor) : (key, tensor)
    }
    let vae = try CheckpointDescription(of: copy.path).parts[2].contents.get()
    #expect(vae.problems == [.missing(key: "quant_conv.bias", expected: [8])])
    #expect(vae.leftOver == ["other.bias"])
  }

  @Test func aPartThatCannotBeReadLeavesTheOthersDescribed() throws {
    let copy = try ModelCopy(of: "sd1")
    try copy.truncate("unet/diffusion_pytorch_model.safetensors", to: 100)
    let parts = try CheckpointDescription(of: copy.path).parts
    #expect(throws: SafetensorsError.self) { try parts[1].contents.get() }
    #expect(try parts[2].contents.get().problems.isEmpty)
  }

  @Test func autoencodersWithTheOldNamesOfAttentionLoad() throws {
    let copy = try ModelCopy(of: "sd1")
    let names = ["to_q": "query", "to_k": "key", "to_v": "value", "to_out.0": "proj_attn"]
    try copy.rewrite("vae/diffusion_pytorch_model.safetensors") { key, tensor in
      (
        names.reduce(key) { $0.replacingOccurrences(of: ".\($1.key).", with: ".\($1.value).") },
        tensor
      )
    }
    let vae = try Checkpoint(opening: copy.path).vae()
    let reference = try Reference("models/sd1", prefix: "vae")
    #expect(try vae.decode(reference["latent"]).relativeError(to: reference["decoded"]) < tolerance)
  }

  @Test func partsAreSharedByAllWhoAsk() throws {
    let checkpoint = try Checkpoint(opening: Fixtures.model("sd1"))
    let reference = try Reference("models/sd1", prefix: "vae")
    let latent = try reference["latent"]
    #expect(
      try checkpoint.vae().decode(latent).elements == checkpoint.vae().decode(latent).elements)
  }
}
