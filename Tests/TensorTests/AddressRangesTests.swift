import Testing

@testable import Tensor

@Suite struct AddressRangesTests {
  @Test func theLowestPlaceThatFitsIsTaken() {
    var free = AddressRanges(0..<100)
    free.remove(0..<10)
    free.remove(15..<40)
    #expect(free.firstFit(5) == 10..<15)
    #expect(free.firstFit(6) == 40..<46)
    #expect(free.firstFit(61) == nil)
  }

  /// Against a list of which byte is in and which is not.
  @Test func behavesAsASetOfBytes() {
    var generator = SplitMix64(state: 3)
    var ranges = AddressRanges(0..<0)
    var bytes = [Bool](repeating: false, count: 64)
    for _ in 0..<5000 {
      let bounds = [0, 0].map { _ in Int.random(in: 0...64, using: &generator) }.sorted()
      let range = bounds[0]..<bounds[1]
      #expect(ranges.overlap(with: range) == bytes[range].count { $0 })
      ranges.remove(range)
      for index in range { bytes[index] = false }
      if Bool.random(using: &generator) {
        ranges.insert(range)
        for index in range { bytes[index] = true }
      }
      #expect(ranges.byteCount == bytes.count { $0 })
      #expect(ranges.ranges == runs(of: bytes))
    }
  }

  private func runs(of bytes: [Bool]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for index in bytes.indices where bytes[index] {
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    return runs
  }
}
