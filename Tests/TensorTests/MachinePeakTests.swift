import CKernels
import Testing

@testable import Tensor

@Suite struct MachinePeakTests {
  @Test func operationsGrowWithTheRounds() {
    let one = fma_rounds(1)
    #expect(one >= 2 * 12 * 4)
    #expect(fma_rounds(1000) == 1000 * one)
  }

  /// Within what any processor of the last and the next decades does.
  @Test func thePeakIsPlausible() {
    let peak = MachinePeak.measure()
    #expect((1e8..<1e15).contains(peak))
  }
}
