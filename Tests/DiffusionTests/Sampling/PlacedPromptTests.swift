import Tensor
import Testing

@testable import Diffusion

struct PlacedPromptTests {
  /// What `Scripts/reference/guidance.py` wrote.
  struct Areas: Decodable {
    var height, width, scale: Int
    var cases: [Case]

    struct Case: Decodable, CustomTestStringConvertible {
      var name: String
      var strength, maskStrength: Float?
      var area: [Int]?
      var fractions: [Float]?
      var mask: [[Float]]?
      var cropped: Bool?
      var rows, columns: [Int]
      var weights: [Double]

      var testDescription: String { name }
    }

    static let all = try? Fixtures.decode("guidance/areas.json", as: Areas.self)
  }

  private static let nothing = Conditioning(context: Tensor([1, 1, 1], [0]))

  @Test(arguments: Areas.all?.cases ?? [])
  func weightsAreThoseOfComfyUI(_ areaCase: Areas.Case) throws {
    let areas = try #require(Areas.all)
    let prompt = PlacedPrompt(
      Self.part(areaCase), text: 0, .positive, scale: areas.scale, height: areas.height,
      width: areas.width)
    #expect(prompt.area.rows == areaCase.rows[0]..<areaCase.rows[1])
    #expect(prompt.area.columns == areaCase.columns[0]..<areaCase.columns[1])
    #expect(prompt.weights.count == areaCase.weights.count)
    let errors = zip(prompt.weights, areaCase.weights).map { abs(Double($0) - $1) }
    #expect(errors.allSatisfy { $0 < 1e-6 })
  }

  private static func part(_ areaCase: Areas.Case) -> Conditioning.Part {
    var part = nothing.parts[0]
    part.strength = areaCase.strength ?? 1
    part.area = areaCase.area.map { .pixels(x: $0[0], y: $0[1], width: $0[2], height: $0[3]) }
    if let fractions = areaCase.fractions {
      part.area = .fractions(
        x: fractions[0], y: fractions[1], width: fractions[2], height: fractions[3])
    }
    part.mask = areaCase.mask.map { rows in
      PromptMask(
        values: Tensor([rows.count, rows[0].count], rows.flatMap { $0 }),
        strength: areaCase.maskStrength ?? 1, isCropped: areaCase.cropped ?? false)
    }
    return part
  }

  private func prompts(_ positive: [PromptArea?], _ negative: [PromptArea?])
    -> [PlacedPrompt]
  {
    let (positive, negative) = (Self.areas(positive), Self.areas(negative))
    return [PlacedPrompt](
      positive: positive, negative: negative, scale: 8, height: 12, width: 20)
  }

  private static func areas(_ areas: [PromptArea?]) -> Conditioning {
    Conditioning(
      areas.map { area in
        var part = nothing.parts[0]
        part.area = area
        return part
      })
  }

  private let left = PromptArea.pixels(x: 0, y: 0, width: 64, height: 96)
  private let corner = PromptArea.pixels(x: 0, y: 0, width: 32, height: 32)

  @Test func anAreaIsComparedWithTheSameAreaOfTheOtherSide() {
    let prompts = prompts([left, corner], [nil])
    #expect(prompts.map(\.side) == [.negative, .negative, .negative, .positive, .positive])
    #expect(prompts.map(\.text) == [2, 2, 2, 0, 1])
    #expect(prompts[1].area == prompts[3].area && prompts[2].area == prompts[4].area)
    #expect(prompts[1].weights == prompts[3].weights)
  }

  @Test func theSmallestAreaAroundGivesTheText() {
    let prompts = prompts([corner], [nil, left])
    let counterpart = prompts.first { $0.side == .negative && $0.area.rows.count == 4 }
    #expect(counterpart?.text == 2)
    #expect(prompts.filter { $0.side == .positive }.count == 1)
  }

  @Test func equalAreasNeedNoOthers() {
    #expect(prompts([left], [left]).count == 2)
    #expect(prompts([nil], [nil]).count == 2)
  }

  @Test func anAreaBeyondThePictureIsRefused() throws {
    let unetCase = UNetCase.all[0]
    let (unet, reference) = (try unetCase.unet(), try unetCase.reference())
    let latent = try reference["sample"].slice(0..<1)
    var conditioning = Conditioning(context: try reference["context"].slice(0..<1))
    let area = PromptArea.pixels(x: 56, y: 0, width: 64, height: 64)
    conditioning.parts[0].area = area
    #expect(throws: ConditioningError.areaOutside(area, width: 56, height: 72)) {
      try unet.verify(latent: latent, conditioning: conditioning)
    }
    conditioning.parts[0].area = left
    try unet.verify(latent: latent, conditioning: conditioning)
  }
}
