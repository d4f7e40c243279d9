/// A picture `[1, H, W, C]` in memory that is written and read by bands of lines, on one thread.
///
/// Another picture can be written over it from the top while it is still being read further down.
public final class PictureStorage {
  /// Of the picture that is read.
  public private(set) var shape: Shape
  private var storage: TensorStorage

  /// Memory for a picture that is written before it is read.
  public init(_ shape: Shape) {
    self.shape = shape
    storage = TensorStorage(count: shape.count)
  }

  /// The memory of a tensor, which `beginWriting` copies where anyone else still holds the tensor.
  public init(_ tensor: Tensor) {
    let isWhole = tensor.shape.count == tensor.storage.count
    let tensor = isWhole ? tensor : .joiningLines([(tensor, 0..<tensor.shape[1])])
    shape = tensor.shape
    storage = tensor.storage
  }

  /// The elements that there is room for.
  public var capacity: Int { storage.count }

  /// The picture as it is now.
  public var tensor: Tensor { Tensor(shape: shape, storage: storage) }

  /// A copy of some lines.
  public func copy(of range: Range<Int>) -> Tensor { .joiningLines([(tensor, range)]) }

  /// Some lines where they are. They change when the picture is written, unless they are held from before
  /// `beginWriting`.
  public func lines(_ range: Range<Int>) -> Tensor {
    precondition(range.clamped(to: 0..<shape[1]) == range, "lines \(range) of \(shape)")
    return written(range, of: shape)
  }

  /// Makes sure that no tensor changes by what is written from now on. Who asks for lines afterwards sees them
  /// change.
  public func beginWriting() {
    if !isKnownUniquelyReferenced(&storage) { storage = TensorStorage(copying: storage) }
  }

  /// Where the lines `[1, lines, W, C]` of a picture that is being written go, from `line` on.
  func address(of shape: Shape, at line: Int) -> UnsafeMutablePointer<Float> {
    let start = line * shape[2] * shape[3]
    precondition(shape[0] == 1 && start + shape.count <= capacity, "no room for \(shape)")
    return storage.start + start
  }

  /// Writes lines of a picture of another shape, or of the same, from `line` on.
  public func write(_ band: Tensor, at line: Int) {
    let target = DisjointlyWritten(start: address(of: band.shape, at: line))
    forEachBlock(of: band.shape.count, cost: 1) { range in
      band.withPointer {
        (target.start + range.lowerBound).update(from: $0 + range.lowerBound, count: range.count)
      }
    }
  }

  /// Lines of a picture of another shape that is being written, where they are.
  public func written(_ range: Range<Int>, of shape: Shape) -> Tensor {
    Tensor(
      shape: [1, range.count, shape[2], shape[3]], storage: storage,
      offset: range.lowerBound * shape[2] * shape[3])
  }

  /// From now on reads the picture that was written over the former one, and gives back the memory that
  /// it leaves.
  public func become(_ shape: Shape) {
    precondition(shape.count <= capacity, "no room for \(shape)")
    self.shape = shape
    if isKnownUniquelyReferenced(&storage) { storage.shrink(to: shape.count) }
  }
}
