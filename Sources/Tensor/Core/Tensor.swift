/// A dense array of f32, row-major, that never changes once it was made.
public struct Tensor: Sendable {
  /// The sizes of its axes.
  public let shape: Shape
  let storage: TensorStorage
  /// Where in the storage the first element is.
  let offset: Int

  /// Allocates, and lets `fill` write every element. The memory is not cleared before.
  public init(
    _ shape: Shape, filledBy fill: (UnsafeMutableBufferPointer<Float>) throws -> Void
  ) rethrows {
    self.shape = shape
    offset = 0
    storage = TensorStorage(count: shape.count)
    try fill(UnsafeMutableBufferPointer(start: storage.start, count: shape.count))
  }

  /// The given elements, as many as `shape` says.
  public init(_ shape: Shape, _ elements: some Collection<Float>) {
    precondition(elements.count == shape.count, "\(elements.count) elements for shape \(shape)")
    self.init(shape) { _ = $0.initialize(from: elements) }
  }

  /// One value everywhere.
  public init(_ shape: Shape, repeating value: Float) {
    self.init(shape) { $0.initialize(repeating: value) }
  }

  init(shape: Shape, storage: TensorStorage, offset: Int = 0) {
    self.shape = shape
    self.storage = storage
    self.offset = offset
  }

  /// The same elements under another shape of the same count; nothing is copied.
  public func reshaped(to shape: Shape) -> Tensor {
    precondition(shape.count == self.shape.count, "\(self.shape) cannot be reshaped to \(shape)")
    return Tensor(shape: shape, storage: storage, offset: offset)
  }

  /// Reads the elements. The buffer must not escape.
  public func withElements<Result>(
    _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    try withPointer { try body(UnsafeBufferPointer(start: $0, count: shape.count)) }
  }

  /// Reads the elements from the first on. The pointer must not escape.
  func withPointer<Result>(_ body: (UnsafePointer<Float>) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(storage) { try body(storage.start + offset) }
  }

  /// A copy of the elements.
  public var elements: [Float] { withElements(Array.init) }

  /// The memory that the elements take, in bytes.
  public var byteCount: Int { shape.count * MemoryLayout<Float>.stride }
}
