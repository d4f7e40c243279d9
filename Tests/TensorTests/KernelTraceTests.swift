import Testing

@testable import Tensor

/// One switch for the process: the only test that turns it on. Others may run meanwhile, on other threads.
@Suite struct KernelTraceTests {
  @Test func operatorsAreRecordedWhileTheSwitchIsOn() {
    let picture = Tensor([1, 6, 5, 4], repeating: 1)
    let kernel = PackedConvolution(
      weight: Tensor([3, 4, 3, 3], repeating: 0.5), bias: nil, padding: 1)
    _ = KernelTrace.take()
    _ = picture.convolved(with: kernel)
    #expect(KernelTrace.take().isEmpty)
    KernelTrace.start()
    _ = picture.convolved(with: kernel)
    _ = picture.groupNormalized(
      groups: 2, weight: Tensor([4], repeating: 1), bias: Tensor([4], repeating: 0), epsilon: 1e-5)
    let spans = KernelTrace.take()
    KernelTrace.stop()
    #expect(spans.map(\.kind) == [.patches, .gemm, .convolution, .groupNorm])
    #expect(spans.map(\.shape) == [[30, 36], [30, 36, 3], [1, 6, 5, 3], [1, 6, 5, 4]])
    let around = spans[2]
    #expect(spans[..<2].allSatisfy { around.start <= $0.start && $0.end <= around.end })
    #expect(spans[0].end <= spans[1].start && around.end <= spans[3].start)
    _ = picture + picture
    #expect(KernelTrace.take().isEmpty)
  }
}
