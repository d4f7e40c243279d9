import Foundation
import Tensor
import Testing

@testable import Diffusion

/// Every value of every configuration, replaced by one that nobody would write: the model loads, and then
/// it also runs, or there is an error. Nothing ends the process.
@Suite struct HostileConfigurationTests {
  /// Files, each with what opens and runs the part that reads it.
  static let parts: [(String, @Sendable (Checkpoint) throws -> Void)] = [
    ("unet/config.json", runUNet), ("vae/config.json", runVAE),
    ("text_encoder/config.json", runTextEncoder),
    ("tokenizer/tokenizer_config.json", runTextEncoder),
    ("model_index.json", runTextEncoder), ("scheduler/scheduler_config.json", { _ in }),
  ]
  static let values = ["0", "-1", "1e300", "7", #""x""#, "[]"]

  @Test(arguments: parts.indices, ["sd2", "sdxl"])
  func noValueEndsTheProcess(_ part: Int, _ model: String) throws {
    let (file, run) = Self.parts[part]
    let copy = try ModelCopy(of: model)
    let url = URL(filePath: "\(copy.path)/\(file)")
    let original = try Data(contentsOf: url)
    let object = try #require(JSONSerialization.jsonObject(with: original) as? [String: Any])
    var refused = 0
    for key in object.keys.sorted() {
      for value in Self.values {
        try copy.set(key, to: value, in: file)
        do { try run(Checkpoint(opening: copy.path)) } catch { refused += 1 }
        try original.write(to: url)
      }
    }
    #expect(refused > 0)
    try run(Checkpoint(opening: copy.path))
  }

  @Sendable private static func runUNet(_ checkpoint: Checkpoint) throws {
    let unet = try checkpoint.unet()
    let pooled = Tensor([1, 24], repeating: 1)
    let conditioning = Conditioning(
      context: Tensor([1, 3, unet.contextWidth], repeating: 1), pooled: pooled)
    let latent = Tensor([1, 2, 2, 4], repeating: 0.5)
    try unet.verify(latent: latent, conditioning: conditioning)
    let added = AddedConditioning(pooled: pooled, timeIDs: Tensor([1, 6], repeating: 8))
    _ = unet(latent, timestep: 10, context: conditioning.context, added: added)
  }

  @Sendable private static func runVAE(_ checkpoint: Checkpoint) throws {
    let vae = try checkpoint.vae()
    _ = try vae.encode(vae.decode(Tensor([1, 2, 2, 4], repeating: 0.5)))
  }

  @Sendable private static func runTextEncoder(_ checkpoint: Checkpoint) throws {
    _ = try checkpoint.textEncoder().encode("a cat!")
  }
}
