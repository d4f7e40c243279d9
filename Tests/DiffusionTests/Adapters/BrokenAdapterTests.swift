import Foundation
import Tensor
import Testing

@testable import Diffusion

/// Adapters that cannot be opened, or not be put on a model.
@Suite struct BrokenAdapterTests {
  private static func tensor(_ sizes: Int...) -> Tensor { Tensor(Shape(sizes), repeating: 0.5) }

  private func opening(_ file: AdapterFile) throws -> String {
    let error = try #require(throws: (any Error).self) { try Adapter(opening: file.path) }
    #expect("\(error)".contains(file.path))
    return "\(error)"
  }

  private func applying(_ path: String, model: String = "sd1") throws -> String {
    let checkpoint = try Checkpoint(opening: Fixtures.model(model))
    let adapter = try Adapter(opening: path)
    let error = try #require(throws: (any Error).self) {
      try adapter.applied(to: checkpoint.model, strength: 1, encoderStrength: 1)
    }
    #expect("\(error)".contains(path))
    return "\(error)"
  }

  static let incomplete: [([(String, Tensor)], String)] = [
    ([("lora_down.weight", tensor(2, 8))], "lacks its `lora_up`"),
    ([("lora_up.weight", tensor(8, 2))], "lacks its `lora_down`"),
    ([("hada_w1_a", tensor(8, 2)), ("hada_w1_b", tensor(2, 8))], "lacks its `hada_w2_b`"),
    ([("lokr_w1", tensor(2, 2)), ("lokr_w2_a", tensor(4, 2))], "lacks its `lokr_w2_b`"),
    (
      [("lora_down.weight", tensor(2, 8)), ("lora_up.weight", tensor(8, 3))],
      "to_q.lora_down.weight` [2, 8] cannot be multiplied with"
    ),
    (
      [
        ("lora_down.weight", tensor(2, 8)), ("lora_up.weight", tensor(8, 2)),
        ("lora_mid.weight", tensor(3, 3, 3, 3)),
      ], "lora_mid.weight` [3, 3, 3, 3] does not fit between"
    ),
    ([("lora_down.weight", tensor(8)), ("lora_up.weight", tensor(8, 2))], "[8] is no matrix"),
    (
      [
        ("lora_down.weight", tensor(2, 8)), ("lora_up.weight", tensor(8, 2)),
        ("alpha", tensor(2)),
      ], "alpha` [2] is no single number"
    ),
    (
      [
        ("hada_w1_a", tensor(8, 2)), ("hada_w1_b", tensor(2, 8)), ("hada_w2_a", tensor(4, 2)),
        ("hada_w2_b", tensor(2, 8)),
      ], "makes a matrix of [4, 8], and the other is [8, 8]"
    ),
    (
      [
        ("lora_down.weight", tensor(2, 8)), ("lora_up.weight", tensor(8, 2)),
        ("dora_scale", tensor(5, 1)),
      ], "dora_scale` [5, 1] is no magnitude"
    ),
  ]

  @Test(arguments: incomplete)
  func whatDoesNotFitTogetherIsNamed(_ fields: [(String, Tensor)], _ expected: String) throws {
    let module = "lora_unet_up_blocks_1_attentions_0_transformer_blocks_0_attn1_to_q"
    let file = try AdapterFile(fields.map { ("\(module).\($0.0)", $0.1) })
    let message = try opening(file)
    #expect(message.contains(expected), "\(message)")
  }

  @Test func aFileOfSomethingElseIsNoAdapter() throws {
    let weights = Fixtures.model("sd1") + "/unet/diffusion_pytorch_model.safetensors"
    #expect(throws: AdapterError.noAdapter(path: weights)) { try Adapter(opening: weights) }
    let empty = try AdapterFile([])
    #expect(throws: AdapterError.noAdapter(path: empty.path)) { try Adapter(opening: empty.path) }
  }

  @Test func aPickleIsRefused() throws {
    let file = try AdapterFile([])
    try Data([0x80, 2, 0x7d]).write(to: URL(filePath: file.path))
    #expect(throws: CheckpointError.pickle(path: file.path)) { try Adapter(opening: file.path) }
  }

  @Test func aFolderWithoutAnAdapterIsNamed() throws {
    let error = try #require(throws: AdapterError.self) {
      try Adapter(opening: Fixtures.model("sd1"))
    }
    #expect(error.description.contains("adapter_model.safetensors"))
  }

  @Test(arguments: [0, 7, 100, 2000])
  func aTruncatedFileIsRefused(_ count: Int) throws {
    let file = try AdapterFile([])
    let whole = try Data(contentsOf: URL(filePath: AdapterCase("kohya").file))
    try whole.prefix(count).write(to: URL(filePath: file.path))
    _ = try opening(file)
  }

  @Test(arguments: [Float.nan, .infinity])
  func numbersThatAreNoneAreFound(_ value: Float) throws {
    let file = try AdapterFile(
      ("lora_down.weight", Tensor([1, 8], [0, 0, 0, value, 0, 0, 0, 0])),
      ("lora_up.weight", Self.tensor(8, 1)))
    let message = try applying(file.path)
    #expect(message.contains("to_q.lora_down.weight` has values that are not finite"))
  }

  @Test func anAdapterOfAnotherModelDoesNotFit() throws {
    let message = try applying(AdapterCase("kohya-xl").file)
    #expect(message.contains("the adapter was made for another model"))
    #expect(message.contains("`lora_unet_") && message.contains(".weight` is one of ["))
  }

  @Test func anAdapterWithoutAModuleOfTheModelIsRefused() throws {
    let file = try AdapterFile(
      module: "lora_unet_down_blocks_9_conv", ("lora_down.weight", Self.tensor(1, 8)),
      ("lora_up.weight", Self.tensor(8, 1)))
    let message = try applying(file.path)
    #expect(message.contains("has none of its modules, such as `lora_unet_down_blocks_9_conv`"))
  }

  @Test func modulesThatTheModelLacksAreTold() throws {
    let checkpoint = try Checkpoint(opening: Fixtures.model("sd1"))
    let fields = [("lora_down.weight", Self.tensor(1, 8)), ("lora_up.weight", Self.tensor(8, 1))]
    let modules = [
      "lora_unet_up_blocks_1_attentions_0_transformer_blocks_0_attn1_to_q",
      "lora_unet_down_blocks_9_conv",
    ]
    let file = try AdapterFile(
      modules.flatMap { module in fields.map { ("\(module).\($0.0)", $0.1) } }
        + [("something.else", Self.tensor(1))])
    let adapter = try Adapter(opening: file.path)
    let adapted = try adapter.applied(to: checkpoint.model, strength: 1, encoderStrength: 1)
    #expect(adapted.unmatched == [modules[1]])
    #expect(adapted.note?.contains("the model has no `\(modules[1])`") == true)
    #expect(adapter.unknownKeysMessage?.contains("`something.else`") == true)
  }

  @Test(arguments: [(768, ModelFamily.sd1), (1024, .sd2), (2048, .sdxl), (96, nil)])
  func theWidthOfTextsTellsTheFamily(_ width: Int, _ family: ModelFamily?) throws {
    let file = try AdapterFile(
      module: "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k",
      ("lora_down.weight", Self.tensor(2, width)), ("lora_up.weight", Self.tensor(320, 2)))
    #expect(try Adapter(opening: file.path).family == family)
  }

  @Test func aSecondTextEncoderTellsTheFamily() throws {
    #expect(try Adapter(opening: AdapterCase("kohya-xl").file).family == .sdxl)
    #expect(try Adapter(opening: AdapterCase("kohya").file).family == nil)
  }

  @Test func aModelWithoutEncodersHasNoneToGiveOut() throws {
    var model = try Checkpoint(opening: Fixtures.model("sd1")).model
    model.encoders = nil
    let adapted = try Adapter(opening: AdapterCase("kohya").file)
      .applied(to: model, strength: 1, encoderStrength: 1)
    #expect(throws: AdapterError.noEncoder) { try adapted.encoders.encoder() }
  }
}
