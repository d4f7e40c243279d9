import Tensor
import Testing

@testable import Diffusion

/// An adapter that the reference put on a tiny model.
struct AdapterCase: CustomTestStringConvertible, Sendable {
  let name: String
  /// What is opened: a file, or a folder.
  let file: String
  let model: String
  let changesUNet: Bool
  /// How many text encoders it changes.
  let texts: Int
  var testDescription: String { name }

  init(_ name: String, model: String = "sd1", changesUNet: Bool = true, texts: Int = 0) {
    self.name = name
    self.model = model
    self.changesUNet = changesUNet
    self.texts = texts
    let path = Fixtures.path("adapters/\(name)")
    file = name.hasPrefix("peft-") ? path : path + ".safetensors"
  }

  static let all =
    [
      AdapterCase("kohya", texts: 1), AdapterCase("original-names"),
      AdapterCase("kohya-xl", model: "sdxl", texts: 2),
      AdapterCase("diffusers", model: "sdxl", texts: 2), AdapterCase("old-diffusers", texts: 1),
      AdapterCase("peft-text", changesUNet: false, texts: 1),
    ]
    + [
      "peft-lora", "peft-stabilized", "peft-dora", "peft-loha", "peft-loha-tucker", "peft-lokr",
      "peft-lokr-tucker", "lycoris-locon", "lycoris-loha", "lycoris-lokr", "lycoris-dora",
      "lycoris-differences",
    ].map { AdapterCase($0) }

  func checkpoint() throws -> Checkpoint { try Checkpoint(opening: Fixtures.model(model)) }
}

@Suite struct AdapterNumericTests {
  @Test(arguments: AdapterCase.all)
  func modelsGiveWhatTheReferenceGives(_ adapterCase: AdapterCase) throws {
    let checkpoint = try adapterCase.checkpoint()
    let adapted = try Adapter(opening: adapterCase.file)
      .applied(to: checkpoint.model, strength: 1, encoderStrength: 1)
    #expect(adapted.unmatched == [])
    let expected = try Reference("adapters", prefix: adapterCase.name)
    let inputs = try Reference("models/\(adapterCase.model)", prefix: "unet")
    if adapterCase.changesUNet {
      let output = try run(adapted.model.unet(), inputs)
      let error = try output.relativeError(to: expected["unet"])
      #expect(error < tolerance)
      #expect(try output.relativeError(to: inputs["output"]) > 1e-2)
    }
    let branches = try adapted.encoders.encoder().branches
    for index in 0..<adapterCase.texts {
      let part = "text_encoder" + (index == 0 ? "" : "_2")
      let text = try Reference("models/\(adapterCase.model)", prefix: part)
      let states = try branches[index].encoder(text["ids"].elements.map { Int($0) }).last
      #expect(try states.relativeError(to: expected["text.\(index)"]) < tolerance)
      #expect(try states.relativeError(to: text["last"]) > 1e-2)
    }
  }

  @Test func adaptersLieOneOnTheOther() throws {
    let checkpoint = try Checkpoint(opening: Fixtures.model("sd1"))
    let first = try Adapter(opening: AdapterCase("kohya").file)
      .applied(to: checkpoint.model, strength: 0.7, encoderStrength: 0.3)
    let second = try Adapter(opening: AdapterCase("lycoris-dora").file)
      .applied(
        to: first.model, encoders: first.encoders, strength: 0.5, encoderStrength: 0.5)
    let expected = try Reference("adapters", prefix: "stack")
    let inputs = try Reference("models/sd1", prefix: "unet")
    let text = try Reference("models/sd1", prefix: "text_encoder")
    let output = try run(second.model.unet(), inputs)
    #expect(try output.relativeError(to: expected["unet"]) < tolerance)
    let encoder = try second.encoders.encoder().branches[0].encoder
    let states = try encoder(text["ids"].elements.map { Int($0) }).last
    #expect(try states.relativeError(to: expected["text.0"]) < tolerance)
  }

  @Test func noStrengthLeavesEveryBit() throws {
    let checkpoint = try Checkpoint(opening: Fixtures.model("sd1"))
    let inputs = try Reference("models/sd1", prefix: "unet")
    let adapted = try Adapter(opening: AdapterCase("kohya").file)
      .applied(to: checkpoint.model, strength: 0, encoderStrength: 0)
    let (plain, changed) = (try checkpoint.unet(), try adapted.model.unet())
    #expect(try run(changed, inputs).elements == run(plain, inputs).elements)
  }

  @Test func theModelItselfStaysAsItIs() throws {
    let checkpoint = try Checkpoint(opening: Fixtures.model("sd1"))
    let inputs = try Reference("models/sd1", prefix: "unet")
    _ = try Adapter(opening: AdapterCase("kohya").file)
      .applied(to: checkpoint.model, strength: 2, encoderStrength: 2).model.unet()
    let output = try run(checkpoint.unet(), inputs)
    #expect(try output.relativeError(to: inputs["output"]) < tolerance)
  }

  private func run(_ unet: UNet, _ inputs: Reference) throws -> Tensor {
    let added =
      inputs.contains("time_ids")
      ? AddedConditioning(pooled: try inputs["text_embeds"], timeIDs: try inputs["time_ids"]) : nil
    return unet(
      try inputs["sample"], timestep: try inputs["timestep"].elements[0],
      context: try inputs["context"], added: added)
  }
}
