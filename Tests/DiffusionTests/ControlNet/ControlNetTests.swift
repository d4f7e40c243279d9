import Tensor
import Testing

@testable import Diffusion

/// Small ControlNets of every kind against diffusers' run of the same weights.
@Suite struct ControlNetTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    let unet: String
    let family: ModelFamily
    let layout: ControlNetFixture.Layout
    var testDescription: String { "\(name)-\(layout.rawValue)" }

    func fixture(_ type: DType = .float32) throws -> ControlNetFixture {
      try ControlNetFixture(name, layout, type: type)
    }
    func reference() throws -> Reference {
      try Reference("controlnet/outputs", prefix: testDescription)
    }
  }

  static let rows = [
    Row(name: "sd15", unet: "sd15", family: .sd1, layout: .single),
    Row(name: "sd15", unet: "sd15", family: .sd1, layout: .diffusers),
    Row(name: "sd21", unet: "sd21-v", family: .sd2, layout: .single),
    Row(name: "sd21", unet: "sd21-v", family: .sd2, layout: .diffusers),
    Row(name: "sdxl", unet: "sdxl", family: .sdxl, layout: .single),
    Row(name: "sdxl", unet: "sdxl", family: .sdxl, layout: .diffusers),
    Row(name: "sdxl-mid", unet: "sdxl", family: .sdxl, layout: .diffusers),
    Row(name: "sdxl-small", unet: "sdxl", family: .sdxl, layout: .diffusers),
  ]

  private func residuals(_ network: ControlNet, _ reference: Reference) throws -> ControlResiduals {
    network(
      try reference["sample"], timestep: 741.25,
      context: TextContext(try reference["context"]), added: try added(reference),
      hint: network.embedding(of: try ControlNetFixture.hint()))
  }

  private func added(_ reference: Reference) throws -> AddedConditioning? {
    guard reference.contains("time_ids") else { return nil }
    return AddedConditioning(
      pooled: try reference["text_embeds"], timeIDs: try reference["time_ids"])
  }

  @Test(arguments: rows)
  func everyResidualIsThatOfDiffusers(_ row: Row) throws {
    let (fixture, reference) = (try row.fixture(), try row.reference())
    let model = try fixture.model()
    #expect(model.family == row.family)
    let residuals = try residuals(model.network(), reference)
    let count = reference.names(startingWith: ["residual."]).count
    #expect(residuals.tensors.count == count)
    for (index, residual) in residuals.tensors.enumerated() {
      let expected = try reference["residual.\(index)"]
      #expect(residual.relativeError(to: expected) < tolerance, "\(index)")
    }
  }

  @Test(arguments: rows)
  func theUNetTakesThem(_ row: Row) throws {
    let (fixture, reference) = (try row.fixture(), try row.reference())
    let residuals = try residuals(fixture.model().network(), reference)
    let weighted = residuals.scaled(by: Array(repeating: 0.7, count: residuals.tensors.count))
    let masks = [PromptMask(values: try ControlNetFixture.mask())]
    for (name, residuals) in [("output", weighted), ("masked", weighted.masked(by: masks))] {
      let output = try SmallUNet.named(row.unet)(
        reference["sample"], timestep: 741.25, context: reference["context"],
        added: added(reference), residuals: residuals)
      #expect(try output.relativeError(to: reference[name]) < tolerance, "\(name)")
    }
  }

  /// The weights of these fixtures are exact in every type.
  @Test(arguments: [DType.float16, .bfloat16])
  func everyTypeIsRead(_ type: DType) throws {
    let row = Self.rows[0]
    let (fixture, reference) = (try row.fixture(type), try row.reference())
    let residuals = try residuals(fixture.model().network(), reference)
    #expect(try residuals.middle.relativeError(to: reference["residual.4"]) < tolerance)
  }

  /// The numbers off the shapes are those of the configuration, also for networks that lack transformers.
  @Test(arguments: rows.filter { $0.layout == .diffusers })
  func shapesTellWhatConfigurationsDo(_ row: Row) throws {
    let fixture = try row.fixture()
    let folder: PartSource<ControlNet> = try PartFolder(path: fixture.path).source()
    let file = try CheckpointFile(path: "\(fixture.path)/diffusion_pytorch_model.safetensors")
    let source = try #require(try file.controlNetSource())
    #expect(source.configuration.hintChannels == folder.configuration.hintChannels)
    let (measured, told) = (source.configuration.trunk, folder.configuration.trunk)
    #expect(measured.keptChannels == told.keptChannels)
    #expect(measured.attendsInMiddle == told.attendsInMiddle)
    #expect(measured.levels.map(\.attendsDown) == told.levels.map(\.attendsDown))
    #expect(ModelFamily(of: measured) == row.family)
    try source.build().archive.verify()
    #expect(try source.build().archive.leftOver == [])
  }
}
