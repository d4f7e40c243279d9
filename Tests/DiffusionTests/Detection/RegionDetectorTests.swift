import Foundation
import Tensor
import Testing

@testable import Diffusion

/// The detector's network equals PyTorch's: `Scripts/reference/detectors.py`.
struct RegionDetectorTests {
  private let detector: RegionDetector

  init() throws { detector = try RegionDetector(opening: Fixtures.path("detector.safetensors")) }

  @Test(arguments: ["whole", "padded", "small"])
  func everyLevelIsThatOfTheReference(_ name: String) throws {
    let reference = try Reference("detected", prefix: "detector.\(name)")
    let levels = detector.findings(in: try reference["picture"])
    #expect(levels.count == 3)
    for (index, level) in levels.enumerated() {
      #expect(
        try level.scores.relativeError(to: reference["logits.\(index)"]) < tolerance)
      let distances = try reference["distances.\(index)"].map { log($0) }
      #expect(level.distances.relativeError(to: distances) < tolerance)
    }
  }

  @Test(arguments: ["whole", "padded", "small"])
  func boxesAreThoseOfTheReference(_ name: String) throws {
    let reference = try Reference("detected", prefix: "detector.\(name)")
    let boxes = try detector(reference["picture"], threshold: 0.5)
    let (sides, scores) = (try reference["boxes"], try reference["scores"])
    #expect(boxes.count == scores.shape[0])
    let found = boxes.flatMap { [$0.x, $0.y, $0.x + $0.width, $0.y + $0.height] }
    #expect(Tensor([boxes.count, 4], found).relativeError(to: sides) < tolerance)
    #expect(Tensor([boxes.count], boxes.map(\.score)).relativeError(to: scores) < tolerance)
  }

  @Test func noneIsFoundWhereNothingIsSureEnough() throws {
    let reference = try Reference("detected", prefix: "detector.small")
    #expect(try detector(reference["picture"], threshold: 1) == [])
  }

  @Test func theFileTellsHowFarItReaches() { #expect(detector.reach == 96) }

  @Test func otherModelsAreRefused() {
    let path = Fixtures.path("default-model.safetensors")
    #expect(throws: CheckpointError.otherKind(path: path, expected: "a detector", found: nil)) {
      try RegionDetector(opening: path)
    }
  }
}

/// Which boxes are taken for one.
struct SuppressionTests {
  private func box(_ x: Float, _ width: Float, _ score: Float) -> DetectedBox {
    DetectedBox(x: x, y: 0, width: width, height: 10, score: score)
  }

  @Test func theBestOfOverlappingBoxesStays() {
    let boxes = [box(2, 10, 0.6), box(0, 10, 0.9), box(30, 10, 0.7), box(4, 10, 0.8)]
    // The first and the last share 6 of 14 with the best or more; only more than a half is too much.
    #expect(boxes.suppressed(over: 0.5) == [boxes[1], boxes[3], boxes[2]])
    #expect(boxes.suppressed(over: 0.4) == [boxes[1], boxes[2]])
  }

  @Test func halfIsNotTooMuch() {
    #expect(box(0, 10, 1).overlap(with: box(0, 5, 1)) == 0.5)
    #expect([box(0, 10, 1), box(0, 5, 0.5)].suppressed(over: 0.5).count == 2)
    #expect(box(0, 10, 1).overlap(with: box(10, 5, 1)) == 0)
  }

  @Test func ofEqualScoresTheEarlierStays() {
    let boxes = [box(0, 10, 0.5), box(1, 10, 0.5)]
    #expect(boxes.suppressed(over: 0.5) == [boxes[0]])
  }
}
