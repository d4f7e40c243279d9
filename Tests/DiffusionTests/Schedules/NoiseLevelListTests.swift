import Testing

@testable import Diffusion

struct NoiseLevelListTests {
  private let levels = [8.0, 4, 2, 1, 0]

  @Test func partsShareTheLevelBetweenThem() {
    let (high, low) = NoiseLevelList.split(levels, at: 1)
    #expect(high == [8, 4])
    #expect(low == [4, 2, 1, 0])
    #expect(NoiseLevelList.join(high, low) == levels)
    #expect(NoiseLevelList.join([8, 4], [2, 0]) == [8, 4, 2, 0])
    #expect(NoiseLevelList.split(levels, at: 9).low == [0])
    #expect(NoiseLevelList.split([], at: 3).high == [])
  }

  /// As ComfyUI's `SplitSigmasDenoise` rounds: half of a step to the even number.
  @Test func aShareOfTheStepsIsTheSecondPart() {
    for (denoise, steps) in [(1.0, 0), (0.75, 1), (0.6, 2), (0.625, 2), (0.375, 2), (0, 4)] {
      let high = NoiseLevelList.split(levels, denoise: denoise).high
      #expect(high == Array(levels.prefix(steps + 1)), "\(denoise)")
    }
  }

  @Test func levelsAreShownOnALineEach() {
    #expect(
      NoiseLevelList.table([14.61464, 2, 0])
        == """
           0     14.6146      1.9889
           1         2.0
           2         0.0
        """)
  }

  @Test func levelsFallAndAreNoLessThanZero() throws {
    try NoiseLevelList.verify(levels)
    #expect(throws: NoiseLevelError.notFalling(index: 1, level: 8, before: 8)) {
      try NoiseLevelList.verify([8, 8, 0])
    }
    #expect(throws: NoiseLevelError.outOfRange(index: 1, level: -1)) {
      try NoiseLevelList.verify([8, -1])
    }
    #expect(throws: NoiseLevelError.self) { try NoiseLevelList.verify([.nan]) }
    let message = NoiseLevelError.notFalling(index: 1, level: 8, before: 8).description
    #expect(message == "noise level 2 is 8.0 after 8.0: each level is below the one before")
  }
}
