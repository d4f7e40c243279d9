@testable import Tensor

extension Tensor {
  /// Numbers in -1...1 that depend on the seed alone.
  static func random(_ shape: Shape, seed: UInt64) -> Tensor {
    var generator = SplitMix64(state: seed)
    return Tensor(shape, (0..<shape.count).map { _ in Float.random(in: -1...1, using: &generator) })
  }
}

extension StoredElements {
  /// Numbers in -1...1 as f32, f16 or bf16 keeps them.
  static func random(_ shape: Shape, as dtype: DType, seed: UInt64) -> StoredElements {
    let values = Tensor.random(shape, seed: seed).elements
    let bytes: [UInt8] = values.flatMap { value -> [UInt8] in
      switch dtype {
      case .float16: withUnsafeBytes(of: Float16(value).bitPattern.littleEndian, Array.init)
      case .bfloat16:
        withUnsafeBytes(of: UInt16(value.bitPattern >> 16).littleEndian, Array.init)
      default: withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init)
      }
    }
    let owner = StoredBytes(bytes)
    return StoredElements(
      shape: shape, dtype: dtype, bytes: UnsafeRawBufferPointer(owner.buffer), owner: owner,
      isMapped: false)
  }
}

/// `@unchecked Sendable`: written once, by the initializer.
private final class StoredBytes: @unchecked Sendable {
  let buffer: UnsafeMutableRawBufferPointer

  init(_ bytes: [UInt8]) {
    buffer = .allocate(byteCount: bytes.count, alignment: 1)
    buffer.copyBytes(from: bytes)
  }

  deinit { buffer.deallocate() }
}

extension Tensor {
  /// Each pixel of `[N, ..., C]` times a vector `[N, C]`.
  func multiplied(perChannel vector: Tensor) -> Tensor {
    let (channels, rows) = (shape[-1], shape.count / shape[0] / shape[-1])
    let (values, factors) = (elements, vector.elements)
    return Tensor(
      shape,
      values.indices.map { index in
        values[index] * factors[index / (rows * channels) * channels + index % channels]
      })
  }
}

/// Steele et al. 2014, "Fast splittable pseudorandom number generators".
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
