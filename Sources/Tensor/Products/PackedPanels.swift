import CKernels
import Glibc

/// A matrix packed for the kernels: panels of `width` columns, `[panel][inner][width]`, each element as it was
/// stored or as `Int8Matrix` quantises it. What lies beyond the last column is zero.
///
/// `@unchecked Sendable`: written only by the initializer, and read-only from then on.
final class PackedPanels: @unchecked Sendable {
  let inner: Int
  let count: Int
  let width: Int
  let storage: KernelStorage
  private let block: MemoryBlock
  let byteCount: Int

  /// Allocates, and lets `pack` write every panel, in parallel. The last is cleared before.
  /// - Parameter panelBytes: the size of a panel; nil where it holds nothing but its elements.
  init(
    inner: Int, count: Int, storage: KernelStorage, panelBytes: Int? = nil,
    pack: @Sendable (_ panel: Int, UnsafeMutableRawPointer) -> Void
  ) {
    self.inner = inner
    self.count = count
    self.storage = storage
    width = kernels().pointee.panel_width
    let panelBytes = panelBytes ?? inner * width * storage.byteCount
    byteCount = panelBytes * count
    block = MemoryBlock(byteCount: max(byteCount, 1))
    if count > 0 { memset(block.start + (count - 1) * panelBytes, 0, panelBytes) }
    let shared = WrittenPanels(start: block.start)
    ThreadPool.shared.forEach(count) { pack($0, shared.start + $0 * panelBytes) }
  }

  deinit { block.deallocate() }

  var start: UnsafeMutableRawPointer { block.start }
}

/// `@unchecked Sendable`: each task writes a panel of its own, and the loop ends before the memory.
private struct WrittenPanels: @unchecked Sendable {
  let start: UnsafeMutableRawPointer
}

extension KernelStorage {
  /// The size of an element, in bytes.
  var byteCount: Int {
    switch self {
    case KERNEL_F32: 4
    case KERNEL_INT8: 1
    default: 2
    }
  }
}

extension DType {
  /// How kernels read elements of this type; nil where they must be converted first.
  var storage: KernelStorage? {
    switch self {
    case .float32: KERNEL_F32
    case .float16: KERNEL_F16
    case .bfloat16: KERNEL_BF16
    default: nil
    }
  }
}
