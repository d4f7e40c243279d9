import Glibc

/// The elements of a tensor as a file or a tensor holds them, not yet converted.
///
/// `@unchecked Sendable`: the bytes are only read, and live as long as their owner, which is held.
public struct StoredElements: @unchecked Sendable {
  /// The sizes of the tensor's axes.
  public let shape: Shape
  /// How an element is encoded.
  public let dtype: DType
  let bytes: UnsafeRawBufferPointer
  private let owner: any Sendable
  private let isMapped: Bool

  /// - Parameters:
  ///   - bytes: little-endian, at any address.
  ///   - owner: keeps the bytes alive.
  ///   - isMapped: whether they are a file's, mapped privately and never written.
  init(
    shape: Shape, dtype: DType, bytes: UnsafeRawBufferPointer, owner: any Sendable, isMapped: Bool
  ) {
    self.shape = shape
    self.dtype = dtype
    self.bytes = bytes
    self.owner = owner
    self.isMapped = isMapped
  }

  /// The elements of a tensor.
  public init(_ tensor: Tensor) {
    self.init(
      shape: tensor.shape, dtype: .float32, bytes: tensor.withElements(UnsafeRawBufferPointer.init),
      owner: tensor, isMapped: false)
  }

  /// The same elements under another shape of the same count.
  public func reshaped(to shape: Shape) -> StoredElements {
    precondition(shape.count == self.shape.count, "\(self.shape) cannot be reshaped to \(shape)")
    return StoredElements(
      shape: shape, dtype: dtype, bytes: bytes, owner: owner, isMapped: isMapped)
  }

  /// Some of the rows, a row being all that shares a place on the first axis.
  public func rows(_ range: Range<Int>) -> StoredElements {
    let row = bytes.count / max(shape[0], 1)
    return StoredElements(
      shape: Shape([range.count] + shape.sizes.dropFirst()), dtype: dtype,
      bytes: UnsafeRawBufferPointer(
        rebasing: bytes[range.lowerBound * row..<range.upperBound * row]),
      owner: owner, isMapped: isMapped)
  }

  /// The elements, converted to f32.
  public func read() -> Tensor {
    Tensor(shape, by: .weights, items: shape.count, cost: 1) { range, output in
      let size = dtype.byteCount
      dtype.widen(
        UnsafeRawBufferPointer(
          rebasing: bytes[range.lowerBound * size..<range.upperBound * size]),
        into: UnsafeMutableBufferPointer(start: output + range.lowerBound, count: range.count))
    }
  }

  /// Says that the bytes were copied and are not needed soon: a file's pages leave this process's memory.
  /// They are read anew, mostly from the system's cache, should anyone ask again.
  public func release() {
    guard isMapped else { return }
    let page = UInt(sysconf(Int32(_SC_PAGESIZE)))
    let start = UInt(bitPattern: bytes.baseAddress)
    let first = (start + page - 1) / page * page
    let end = (start + UInt(bytes.count)) / page * page
    guard first < end, let pages = UnsafeMutableRawPointer(bitPattern: first) else { return }
    madvise(pages, Int(end - first), MADV_DONTNEED)
  }
}
