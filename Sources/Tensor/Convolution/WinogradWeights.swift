import CKernels
import Glibc
import Synchronization

/// The weights of a convolution of 3x3 pixels, and their factors for Winograd's methods: kept where the budget
/// allows, made anew by each call where it does not.
final class WinogradWeights: Sendable {
  let matrix: PanelMatrix
  private let kept = Mutex<[Int: Tensor]>([:])
  private let budget: FactorBudget
  /// Whether what is kept goes soon, and may lie among a scope's tensors.
  private let isLent: Bool

  init(_ matrix: PanelMatrix, budget: FactorBudget, isLent: Bool = false) {
    self.matrix = matrix
    self.budget = budget
    self.isLent = isLent
  }

  deinit { budget.release(kept.withLock { $0.values.reduce(0) { $0 + $1.byteCount } }) }

  var inputs: Int { matrix.panels.inner / 9 }
  private var panelSize: Int { inputs * matrix.panels.width }

  /// Calls `body` with the factors of all panels, `[panel][points²][I][width]`: those that are kept, or where
  /// there is no room to keep them, fresh ones; with nil where even these would take too much at once.
  func withFactors(points: Int, _ body: (UnsafePointer<Float>?) -> Void) {
    if let factors = keptFactors(points: points) {
      return factors.withPointer { body($0) }
    }
    let count = matrix.panels.count * factorCount(points: points)
    guard count <= Self.mostFresh else { return body(nil) }
    withScratch(of: Float.self, count: count) { factors in
      writeFactors(points: points, into: factors)
      body(factors)
    }
  }

  private func keptFactors(points: Int) -> Tensor? {
    kept.withLock { kept in
      if let factors = kept[points] { return factors }
      let count = matrix.panels.count * factorCount(points: points)
      guard budget.reserve(count * MemoryLayout<Float>.stride) else { return nil }
      let factors =
        isLent
        ? makeFactors(count, points: points)
        : TensorArena.lasting { makeFactors(count, points: points) }
      kept[points] = factors
      return factors
    }
  }

  private func makeFactors(_ count: Int, points: Int) -> Tensor {
    Tensor([count], by: .weights) { output in
      if let start = output.baseAddress { writeFactors(points: points, into: start) }
    }
  }

  private func writeFactors(points: Int, into output: UnsafeMutablePointer<Float>) {
    let shared = DisjointlyWritten(start: output)
    let size = factorCount(points: points)
    ThreadPool.shared.forEach(matrix.panels.count) {
      writeFactors(ofPanel: $0, points: points, into: shared.start + $0 * size)
    }
  }

  /// Elements: 64 MB, for the time of a call.
  private static let mostFresh = 1 << 24

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
