import CKernels
import Glibc
import Synchronization

/// The weights of a convolution of 3x3 pixels, and their factors for Winograd's methods: kept where the budget
/// allows, made anew by each call where it does not.
final class WinogradWeights: Sendable {
  let matrix: PanelMatrix
  private let kept = Mutex<[Int: Tensor]>([:])
  private let budget: FactorBudget

  init(_ matrix: PanelMatrix, budget: FactorBudget) {
    self.matrix = matrix
    self.budget = budget
  }

  deinit { budget.release(kept.withLock { $0.values.reduce(0) { $0 + $1.byteCount } }) }

  var inputs: Int { matrix.panels.inner / 9 }
  private var panelSize: Int { inputs * matrix.panels.width }

  /// Calls `body` with the factors of all panels, `[panel][points²][I][width]`, or with nil where there is no
  /// room to keep them.
  func withKeptFactors(points: Int, _ body: (UnsafePointer<Float>?) -> Void) {
    let factors = kept.withLock { kept in
      if let factors = kept[points] { return factors as Tensor? }
      let factors = makeFactors(points: points)
      kept[points] = factors
      return factors
    }
    guard let factors else { return body(nil) }
    factors.withPointer { body($0) }
  }

  private func makeFactors(points: Int) -> Tensor? {
    let size = factorCount(points: points)
    let byteCount = matrix.panels.count * size * MemoryLayout<Float>.stride
    guard budget.reserve(byteCount) else { return nil }
    return TensorArena.lasting {
      Tensor([matrix.panels.count * size], by: .weights) { output in
        guard let start = output.baseAddress else { return }
        let shared = DisjointlyWritten(start: start)
        ThreadPool.shared.forEach(matrix.panels.count) {
          writeFactors(ofPanel: $0, points: points, into: shared.start + $0 * size)
        }
      }
    }
  }

  /// The factors of a panel, in elements.
  func factorCount(points: Int) -> Int { points * points * panelSize }

  /// Writes the factors of a panel, `[points²][I][width]`.
  func writeFactors(ofPanel panel: Int, points: Int, into output: UnsafeMutablePointer<Float>) {
    let panels = matrix.panels
    let size = 9 * panelSize
    let taps = panels.start + panel * size * panels.storage.byteCount
    guard panels.storage != KERNEL_F32 else {
      return kernels().pointee.winograd_weights(
        points, taps.assumingMemoryBound(to: Float.self), inputs, output)
    }
    withScratch(of: Float.self, count: size) { widened in
      let dtype: DType = panels.storage == KERNEL_F16 ? .float16 : .bfloat16
      dtype.widen(
        UnsafeRawBufferPointer(start: taps, count: 2 * size),
        into: UnsafeMutableBufferPointer(start: widened, count: size))
      kernels().pointee.winograd_weights(points, widened, inputs, output)
    }
  }
}
