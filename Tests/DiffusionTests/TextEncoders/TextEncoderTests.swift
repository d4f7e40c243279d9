import DefaultModel
import Testing

@testable import Diffusion

@Suite struct TextEncoderTests {
  static let cases = [
    ("models/sd1", Fixtures.model("sd1"), "text_encoder"),
    ("models/sd2", Fixtures.model("sd2"), "text_encoder"),
    ("models/sdxl", Fixtures.model("sdxl"), "text_encoder"),
    ("models/sdxl", Fixtures.model("sdxl"), "text_encoder_2"),
    ("default-model", DefaultModel.path ?? "", "text_encoder"),
    ("default-model", DefaultModel.path ?? "", "text_encoder_2"),
  ]

  @Test(arguments: cases)
  func statesAreThoseOfTransformers(_ name: String, _ folder: String, _ part: String) throws {
    let encoder: TextEncoder = try PartFolder(path: "\(folder)/\(part)").load()
    let reference = try Reference(name, prefix: part)
    let encoding = encoder(try reference["ids"].elements.map { Int($0) })
    #expect(try encoding.penultimate.relativeError(to: reference["penultimate"]) < tolerance)
    #expect(try encoding.last.relativeError(to: reference["last"]) < tolerance)
    #expect(try encoding.pooled.relativeError(to: reference["pooled"]) < tolerance)
  }
}
