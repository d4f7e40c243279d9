import CKernels

/// The keys and the values that queries attend, laid out for the processor's kernels: made once, and used by
/// any number of queries.
public struct PackedContext: Sendable {
  /// The number of samples `N`.
  public let samples: Int
  /// The number of keys of each sample, `Lk`.
  public let keyCount: Int
  /// The number of heads.
  public let heads: Int
  /// The elements of a key or a value of one head, `D`.
  let size: Int
  /// `[N, heads, 2 * Lk * D]`; see `pack_context`.
  private let packed: Tensor

  /// - Parameters:
  ///   - keys: `[N, Lk, heads * D]`, with `Lk` at least 1.
  ///   - values: `[N, Lk, heads * D]`.
  public init(keys: Tensor, values: Tensor, heads: Int) {
    precondition(keys.shape.rank == 3 && keys.shape[2] % heads == 0, "\(heads) in \(keys.shape)")
    precondition(
      values.shape == keys.shape && keys.shape[1] > 0, "keys \(keys.shape), values \(values.shape)")
    samples = keys.shape[0]
    keyCount = keys.shape[1]
    self.heads = heads
    size = keys.shape[2] / heads
    packed = Self.pack(keys, values, heads: heads)
  }

  /// The memory that they take, in bytes.
  public var byteCount: Int { packed.byteCount }

  private static func pack(_ keys: Tensor, _ values: Tensor, heads: Int) -> Tensor {
    let (samples, count, width) = (keys.shape[0], keys.shape[1], keys.shape[2])
    let size = width / heads
    let blocks = kernels().pointee.context_blocks(count)
    return Tensor(
      [samples, heads, 2 * count * size], by: nil, items: samples * heads * blocks,
      cost: 2 * (count / blocks) * size
    ) { range, output in
      for item in range {
        let (pair, block) = item.quotientAndRemainder(dividingBy: blocks)
        let (sample, head) = pair.quotientAndRemainder(dividingBy: heads)
        let start = sample * count * width + head * size
        keys.withPointer { keys in
          values.withPointer { values in
            kernels().pointee.pack_context(
              keys + start, values + start, width, count, size, block,
              output + pair * 2 * count * size)
          }
        }
      }
    }
  }

  /// One head of one sample, for queries and results that lie `heads * D` elements apart.
  func withHead(_ head: Int, sample: Int, isCausal: Bool, _ body: (KernelAttention) -> Void) {
    packed.withPointer {
      body(
        KernelAttention(
          context: $0 + (sample * heads + head) * 2 * keyCount * size, keys: keyCount, size: size,
          stride: heads * size, scale: 1 / Float(size).squareRoot(), is_causal: isCausal))
    }
  }
}
