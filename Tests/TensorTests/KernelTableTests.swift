import CKernels
import Testing

@testable import Tensor

/// The kernels for this processor against those in plain C.
@Suite struct KernelTableTests {
  private static let sizes = [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 63, 65, 127, 130]

  /// Runs a kernel on both tables, and gives the largest difference relative to the largest value.
  private func difference(
    _ shape: Shape, _ run: (KernelTable, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) -> Double {
    let x = Tensor.random(shape, seed: UInt64(shape.count)) * 6
    let results = [kernels().pointee, kernels_portable().pointee].map { table in
      Tensor(shape) { output in
        output.initialize(repeating: 0)
        guard let target = output.baseAddress else { return }
        x.withPointer { run(table, $0, target) }
      }
    }
    return results[0].relativeError(to: results[1].doubles)
  }

  @Test(arguments: sizes)
  func elementwise(count: Int) {
    for activation in [KERNEL_IDENTITY, KERNEL_SILU, KERNEL_GELU, KERNEL_QUICK_GELU] {
      #expect(difference([count]) { $0.activate($1, $2, count, activation) } < 1e-6)
    }
    #expect(difference([3, 2, count]) { $0.gated_gelu($1, $2, 3, count) } < 1e-6)
    #expect(difference([3, count]) { $0.transpose($1, count, $2, 3, 3, count) } == 0)
    #expect(difference([count, 5]) { $0.transpose($1, 5, $2, count, count, 5) } == 0)
  }

  @Test(arguments: sizes)
  func rowwise(columns: Int) {
    let parameters = Tensor.random([2, columns], seed: 9)
    let difference = { run in self.difference([5, columns], run) }
    #expect(difference { $0.softmax($1, $2, 5, columns) } < 1e-6)
    parameters.withPointer { weight in
      let bias = weight + columns
      #expect(difference { $0.layer_norm($1, $2, 5, columns, weight, bias, 1e-5) } < 2e-6)
      #expect(
        difference { $0.scale_columns($1, $2, 5, columns, weight, bias, KERNEL_SILU) } < 1e-6)
    }
    #expect(
      difference { table, x, y in
        var sums = [Double](repeating: 0, count: 2 * columns)
        sums.withUnsafeMutableBufferPointer {
          guard let start = $0.baseAddress else { return }
          table.column_moments(x, 5, columns, start, start + columns)
        }
        for index in sums.indices { y[index] = Float(sums[index]) }
      } < 1e-6)
  }
}
