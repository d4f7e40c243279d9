import CKernels
import Testing

@testable import Tensor

@Suite struct DTypeTests {
  private static let halves = (0...UInt16.max).map(\.self)

  private static func widened<Stored: BitwiseCopyable>(_ dtype: DType, _ values: [Stored])
    -> [Float]
  {
    // One byte further than aligned, as a file's header may put it.
    let stored = [0] + values.withUnsafeBytes(Array.init)
    return stored.withUnsafeBytes { stored in
      [Float](unsafeUninitializedCapacity: values.count) { output, count in
        count = values.count
        dtype.widen(
          UnsafeRawBufferPointer(rebasing: stored.dropFirst()),
          into: UnsafeMutableBufferPointer(rebasing: output[..<values.count]))
      }
    }
  }

  private static func isSame(_ a: Float, _ b: Float) -> Bool {
    a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
  }

  @Test(arguments: [0, 1, 7, 8, 9, 65536])
  func float16(count: Int) {
    let result = Self.widened(.float16, Array(Self.halves.prefix(count)))
    let reference = Self.halves.prefix(count).map { Float(Float16(bitPattern: $0)) }
    #expect(Swift.zip(result, reference).allSatisfy(Self.isSame) && result.count == count)
  }

  @Test func portableFloat16() {
    let result = Self.halves.withUnsafeBytes { halves in
      [Float](unsafeUninitializedCapacity: halves.count / 2) { output, count in
        count = halves.count / 2
        guard let source = halves.baseAddress, let target = output.baseAddress else { return }
        kernels_portable().pointee.widen_f16(source, target, count)
      }
    }
    #expect(
      Swift.zip(result, Self.halves).allSatisfy {
        Self.isSame($0, Float(Float16(bitPattern: $1)))
      })
  }

  @Test func bfloat16() {
    let result = Self.widened(.bfloat16, Self.halves)
    #expect(
      Swift.zip(result, Self.halves).allSatisfy { $0.bitPattern == UInt32($1) << 16 })
  }

  @Test func integersAndDoubles() {
    #expect(Self.widened(.float32, [1.5, -.infinity] as [Float]) == [1.5, -.infinity])
    #expect(Self.widened(.float64, [0.1, -1e300]) == [0.1, -.infinity])
    #expect(Self.widened(.int64, [Int64.min, 77]) == [-0x1p63, 77])
    #expect(Self.widened(.int32, [Int32.min, 77]) == [-0x1p31, 77])
    #expect(Self.widened(.int16, [Int16.min, 77]) == [-32768, 77])
    #expect(Self.widened(.int8, [Int8.min, 77]) == [-128, 77])
    #expect(Self.widened(.uint64, [UInt64.max, 77]) == [0x1p64, 77])
    #expect(Self.widened(.uint32, [UInt32.max, 77]) == [0x1p32, 77])
    #expect(Self.widened(.uint16, [UInt16.max, 77]) == [65535, 77])
    #expect(Self.widened(.uint8, [UInt8.max, 77]) == [255, 77])
    #expect(Self.widened(.bool, [UInt8(0), 1]) == [0, 1])
  }
}
