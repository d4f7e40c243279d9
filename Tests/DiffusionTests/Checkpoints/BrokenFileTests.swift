import Foundation
import Tensor
import Testing

@testable import Diffusion

/// Single files that are not as they must be: what the header tells is said without reading a weight.
@Suite struct BrokenFileTests {
  private let folder: TemporaryFolder
  private var path: String { "\(folder.path)/model.safetensors" }

  init() throws { folder = try TemporaryFolder() }

  private func message(_ open: () throws -> Void) throws -> String {
    let error = try #require(throws: (any Error).self) { try open() }
    let message = String(describing: error)
    #expect(message.contains(folder.path), "\(message)")
    return message
  }

  @Test func truncated() throws {
    try LayoutFixture("sd15/single").writeSingle(to: path)
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    try file.truncate(atOffset: 1_000_000)
    try file.close()
    #expect(try message { _ = try CheckpointHeader(of: path) }.contains("is truncated"))
  }

  @Test func wrongShape() throws {
    let key = "model.diffusion_model.middle_block.0.in_layers.2.weight"
    try LayoutFixture("sd15/single").writeSingle(to: path) { tensor in
      tensor.key == key ? NamedShape(key: key, shape: [64, 32, 3, 3]) : tensor
    }
    let message = try message { try CheckpointHeader(of: path).verifyWeights() }
    #expect(message.contains("`\(key)` must have the shape [64, 64, 3, 3], but has [64, 32, 3, 3]"))
  }

  @Test func missingTensor() throws {
    let key = "cond_stage_model.model.transformer.resblocks.0.attn.in_proj_weight"
    try LayoutFixture("sd21-v/single").writeSingle(to: path) { $0.key == key ? nil : $0 }
    let message = try message { try CheckpointHeader(of: path).verifyWeights() }
    #expect(message.contains("`\(key)` [192, 64] is missing"))
  }

  @Test func mixedFamilies() throws {
    let (one, other) = (
      try #require(try LayoutFixture("sd15/single").files().first).tensors,
      try #require(try LayoutFixture("sdxl/single").files().first).tensors
    )
    try LayoutFixture.write(
      one.filter { !$0.key.hasPrefix("cond_stage_model.") }
        + other.filter { $0.key.hasPrefix("conditioner.") }, to: path, type: .float16)
    #expect(
      try message { _ = try CheckpointHeader(of: path) }
        .contains("the text encoders are 128 wide together, but the UNet takes 64"))
  }

  @Test(arguments: [
    ("first_stage_model.", "holds no autoencoder", "load-vae"),
    ("cond_stage_model.", "holds no text encoder", "load-text-encoder"),
    ("model.diffusion_model.", "is an autoencoder alone", "load-vae"),
  ])
  func missingPart(_ prefix: String, _ what: String, _ node: String) throws {
    try LayoutFixture("sd15/single").writeSingle(to: path) {
      $0.key.hasPrefix(prefix) ? nil : $0
    }
    let message = try message { _ = try CheckpointHeader(of: path) }
    #expect(message.contains(what) && message.contains(node))
  }

  @Test func weightsThatAreNoNumbers() throws {
    let key = "model.diffusion_model.middle_block.1.proj_in.weight"
    try LayoutFixture("sd15/single").writeSingle(to: path, type: .float32) {
      $0.key == key ? nil : $0
    }
    var numbers = LayoutFixture.numbers(key, [64, 64, 1, 1])
    numbers[1000] = .nan
    try SingleFile.add([(key, Tensor([64, 64, 1, 1], numbers))], to: path)
    let model = try Checkpoint(opening: path).model
    let latent = try model.unet()(
      Tensor([1, 8, 8, 4], repeating: 0.5), timestep: 500,
      context: Tensor([1, 7, 64], repeating: 0.5))
    #expect(throws: CheckpointError.notFinite(path: path, keys: [key])) { try model.verify(latent) }
    try model.verify(Tensor([1], [0]))
  }

  @Test func resultsThatAreNoNumbersOfGoodWeights() throws {
    try LayoutFixture("sd15/single").writeSingle(to: path)
    let checkpoint = try Checkpoint(opening: path)
    for verify in [checkpoint.model.verify, checkpoint.autoencoder.verify] {
      #expect(throws: CheckpointError.overflow(path: path)) {
        try verify(Tensor([1], [.infinity]))
      }
    }
  }

  /// By content where the name says nothing, by name where there is no telling content.
  @Test(arguments: [
    ("model.ckpt", [0x50, 0x4b, 0x03, 0x04, 0, 0, 0, 0, 0, 0]), ("model.pt", [0x80, 0x02, 0x7d]),
    ("model.pth", []), ("model.safetensors", [0x50, 0x4b, 0x03, 0x04, 0, 0, 0, 0, 8, 8]),
    ("model", [0x80, 0x04, 0x95]), ("pytorch_model.bin", [1, 2, 3]),
  ])
  func pickles(_ name: String, _ bytes: [UInt8]) throws {
    let path = "\(folder.path)/\(name)"
    try Data(bytes).write(to: URL(filePath: path))
    for open: (String) throws -> Any in [
      { try CheckpointHeader(of: $0) }, { try DiffusionModel(opening: $0) },
      { try Autoencoder(opening: $0) }, { try TextEncoders(opening: [$0]) },
      { try CheckpointDescription(of: $0) },
    ] {
      let error = try #require(throws: CheckpointError.self) { _ = try open(path) }
      #expect(error == .pickle(path: path))
      #expect(error.description.contains("safetensors"))
    }
  }

  @Test func aSafetensorsFileOfAnotherNameIsRead() throws {
    let path = "\(folder.path)/model.ckpt"
    try LayoutFixture("sd15/single").writeSingle(to: path)
    #expect(try CheckpointHeader(of: path).family == .sd1)
  }
}
