import CKernels
import Testing

@testable import Tensor

/// An attention of random tokens.
struct AttentionCase: Sendable, CustomTestStringConvertible {
  var samples = 1
  var queries: Int
  var keys: Int
  var heads = 1
  var size: Int
  var isCausal = false
  /// Scores grow with its square; 20 makes the softmax pick single keys.
  var magnitude: Float = 1

  var testDescription: String {
    "\(samples) x \(queries) x \(keys), \(heads) heads of \(size)\(isCausal ? ", causal" : "")"
      + (magnitude > 1 ? ", large" : "")
  }

  static let chosen = [
    AttentionCase(queries: 1, keys: 1, size: 1),
    AttentionCase(samples: 2, queries: 5, keys: 77, heads: 3, size: 8),
    AttentionCase(queries: 130, keys: 1100, heads: 2, size: 40),
    AttentionCase(queries: 130, keys: 1100, heads: 2, size: 40, magnitude: 20),
    AttentionCase(samples: 2, queries: 77, keys: 77, heads: 4, size: 16, isCausal: true),
    AttentionCase(queries: 700, keys: 700, heads: 1, size: 5, isCausal: true, magnitude: 20),
    AttentionCase(queries: 9, keys: 4, size: 3, isCausal: true),
    AttentionCase(queries: 4, keys: 9, size: 3, isCausal: true),
    AttentionCase(queries: 70, keys: 200, size: 512),
  ]

  static let random: [AttentionCase] = {
    var numbers = SplitMix64(state: 7)
    return (0..<24).map { index in
      AttentionCase(
        samples: .random(in: 1...4, using: &numbers),
        queries: .random(in: 1...140, using: &numbers),
        keys: .random(in: 1...420, using: &numbers), heads: .random(in: 1...2, using: &numbers),
        size: [1, 5, 13, 40, 64, 80, 128, 160][index % 8], isCausal: .random(using: &numbers),
        magnitude: index % 5 == 4 ? 20 : 1)
    }
  }()

  var width: Int { heads * size }
  var queryTensor: Tensor { .random([samples, queries, width], seed: 1) * magnitude }
  var keyTensor: Tensor { .random([samples, keys, width], seed: 2) * magnitude }
  var valueTensor: Tensor { .random([samples, keys, width], seed: 3) }

  /// The result of one table's kernels, in parts of 50 queries.
  func attention(
    by table: KernelTable, _ queries: Tensor, _ keys: Tensor, _ values: Tensor
  ) -> Tensor {
    Tensor(queries.shape) { output in
      guard let output = output.baseAddress else { return }
      for pair in 0..<samples * heads {
        let (sample, head) = pair.quotientAndRemainder(dividingBy: heads)
        let start = sample * self.keys * width + head * size
        let context = keys.withPointer { keys in
          values.withPointer { pack(by: table, keys + start, $0 + start) }
        }
        let own = sample * self.queries * width + head * size
        queries.withPointer { attend(by: table, $0 + own, context, output + own) }
      }
    }
  }

  private func pack(
    by table: KernelTable, _ keys: UnsafePointer<Float>, _ values: UnsafePointer<Float>
  ) -> Tensor {
    Tensor([2 * self.keys * size]) { packed in
      guard let packed = packed.baseAddress else { return }
      for block in 0..<table.context_blocks(self.keys) {
        table.pack_context(keys, values, width, self.keys, size, block, packed)
      }
    }
  }

  private func attend(
    by table: KernelTable, _ input: UnsafePointer<Float>, _ context: Tensor,
    _ output: UnsafeMutablePointer<Float>
  ) {
    let part = 50
    context.withPointer { context in
      var attention = KernelAttention(
        context: context, keys: keys, size: size, stride: width,
        scale: 1 / Float(size).squareRoot(), is_causal: isCausal)
      var scratch = [Float](repeating: .nan, count: table.attention_scratch(part, size))
      for first in stride(from: 0, to: queries, by: part) {
        table.attend(
          &attention, input + first * width, first, min(part, queries - first),
          output + first * width, &scratch)
      }
    }
  }
}

extension KernelTable {
  /// Every table for this processor.
  static var runnable: [KernelTable] {
    (0...).lazy.map { kernels_at($0)?.pointee }.prefix { $0 != nil }.compactMap { $0 }
  }

  func exponentials2(of x: [Float]) -> [Float] {
    var y = x
    exponentials2(x, &y, x.count)
    return y
  }
}
