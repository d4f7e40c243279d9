import CKernels

extension DType {
  /// Elements of this type, little-endian and at any address, as f32. Integers beyond 2^24 and f64
  /// are rounded to the nearest; everything else is exact.
  ///
  /// - Parameter bytes: as many whole elements as `output` has places.
  func widen(_ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableBufferPointer<Float>) {
    precondition(bytes.count == output.count * byteCount)
    guard let source = bytes.baseAddress, let target = output.baseAddress else { return }
    switch self {
    case .float32: UnsafeMutableRawPointer(target).copyMemory(from: source, byteCount: bytes.count)
    case .float16: kernels().pointee.widen_f16(source, target, output.count)
    case .bfloat16: kernels().pointee.widen_bf16(source, target, output.count)
    case .float64: convert(bytes, output) { (value: UInt64) in Float(Double(bitPattern: value)) }
    case .int64: convert(bytes, output) { (value: Int64) in Float(value) }
    case .int32: convert(bytes, output) { (value: Int32) in Float(value) }
    case .int16: convert(bytes, output) { (value: Int16) in Float(value) }
    case .int8: convert(bytes, output) { (value: Int8) in Float(value) }
    case .uint64: convert(bytes, output) { (value: UInt64) in Float(value) }
    case .uint32: convert(bytes, output) { (value: UInt32) in Float(value) }
    case .uint16: convert(bytes, output) { (value: UInt16) in Float(value) }
    case .uint8: convert(bytes, output) { (value: UInt8) in Float(value) }
    case .bool: convert(bytes, output) { (value: UInt8) in value == 0 ? 0 : 1 }
    }
  }
}

private func convert<Stored: FixedWidthInteger & BitwiseCopyable>(
  _ bytes: UnsafeRawBufferPointer, _ output: UnsafeMutableBufferPointer<Float>,
  _ value: (Stored) -> Float
) {
  for index in output.indices {
    let stored = bytes.loadUnaligned(
      fromByteOffset: index * MemoryLayout<Stored>.size, as: Stored.self)
    output[index] = value(Stored(littleEndian: stored))
  }
}
