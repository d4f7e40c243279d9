/// The sizes of a tensor's axes, outermost first.
public struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// None is negative.
  public let sizes: [Int]

  /// The given sizes.
  public init(_ sizes: [Int]) { self.sizes = sizes }
  /// The sizes as they are written.
  public init(arrayLiteral sizes: Int...) { self.sizes = sizes }

  /// The number of axes.
  public var rank: Int { sizes.count }

  /// The number of elements.
  public var count: Int { sizes.reduce(1, *) }

  /// The size of an axis; a negative one counts from the end.
  public subscript(axis: Int) -> Int { sizes[axis < 0 ? sizes.count + axis : axis] }

  /// For example `[1, 77, 768]`.
  public var description: String { "[" + sizes.map(String.init).joined(separator: ", ") + "]" }
}

extension Shape {
  /// The product of all axes but the last: the rows of a matrix whose columns are the last axis.
  var rowCount: Int { sizes.dropLast().reduce(1, *) }

  /// The same axes but for the size of the last.
  func replacingLast(with size: Int) -> Shape { Shape(sizes.dropLast() + [size]) }
}
