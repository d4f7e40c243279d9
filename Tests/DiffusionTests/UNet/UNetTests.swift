import DefaultModel
import Tensor
import Testing

@testable import Diffusion

/// A UNet and the reference's run of it.
struct UNetCase: CustomTestStringConvertible, Sendable {
  let name: String
  let folder: String
  var testDescription: String { name }

  static let all =
    ["sd1", "inpaint", "sd2", "sdxl"].map {
      UNetCase(name: "models/\($0)", folder: Fixtures.model($0))
    }
    + [UNetCase(name: "default-model", folder: DefaultModel.path ?? "")]

  func unet() throws -> UNet { try PartFolder(path: "\(folder)/unet").load() }
  func reference() throws -> Reference { try Reference(name, prefix: "unet") }
}

@Suite struct UNetTests {
  @Test(arguments: UNetCase.all)
  func everyBlockIsThatOfDiffusers(_ unetCase: UNetCase) throws {
    let reference = try unetCase.reference()
    let observations = Observations()
    let output = try unetCase.unet().run(
      reference["sample"], timestep: reference["timestep"].elements[0],
      context: TextContext(reference["context"]), added: added(reference),
      observe: observations.record)
    try observations.expectEqual(
      to: reference, startingWith: ["down_blocks", "mid_block", "up_blocks"])
    #expect(try output.relativeError(to: reference["output"]) < tolerance)
  }

  @Test func twoCallsAtOnceGiveTheSame() async throws {
    let unetCase = UNetCase.all[3]
    let (unet, reference) = (try unetCase.unet(), try unetCase.reference())
    let (sample, context) = (try reference["sample"], try reference["context"])
    let conditioning = try added(reference)
    let outputs = await withTaskGroup(of: [Float].self) { group in
      for _ in 0..<4 {
        group.addTask {
          unet(sample, timestep: 500, context: context, added: conditioning).elements
        }
      }
      return await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(outputs.count == 1)
  }

  @Test func samplesOfABatchDoNotMeet() throws {
    let unetCase = UNetCase.all[0]
    let (unet, reference) = (try unetCase.unet(), try unetCase.reference())
    let alone = try unet(
      reference["sample"].slice(1..<2), timestep: reference["timestep"].elements[0],
      context: reference["context"].slice(1..<2))
    #expect(try alone.relativeError(to: reference["output"].slice(1..<2)) < tolerance)
  }

  private func added(_ reference: Reference) throws -> AddedConditioning? {
    guard reference.contains("time_ids") else { return nil }
    return AddedConditioning(
      pooled: try reference["text_embeds"], timeIDs: try reference["time_ids"])
  }
}
