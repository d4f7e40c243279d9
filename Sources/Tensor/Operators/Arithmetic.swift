extension Tensor {
  /// The sums of the elements of two tensors of one shape.
  public static func + (left: Tensor, right: Tensor) -> Tensor { left.zip(right, +) }

  /// The differences of the elements of two tensors of one shape.
  public static func - (left: Tensor, right: Tensor) -> Tensor { left.zip(right, -) }

  /// The products of the elements of two tensors of one shape.
  public static func * (left: Tensor, right: Tensor) -> Tensor { left.zip(right, *) }

  /// Each element times a number.
  public static func * (left: Tensor, right: Float) -> Tensor { left.map { $0 * right } }

  /// A function of each element. It is called on several threads.
  @inlinable
  public func map(_ function: @Sendable (Float) -> Float) -> Tensor {
    inBlocks { range, output in
      withElements { for index in range { output[index] = function($0[index]) } }
    }
  }

  /// A function of the elements at the same place in two tensors of one shape. It is called on
  /// several threads.
  @inlinable
  public func zip(_ other: Tensor, _ function: @Sendable (Float, Float) -> Float) -> Tensor {
    precondition(shape == other.shape, "\(shape) with \(other.shape)")
    return inBlocks { range, output in
      withElements { left in
        other.withElements { right in
          for index in range { output[index] = function(left[index], right[index]) }
        }
      }
    }
  }

  /// A tensor of this shape, computed in ranges of elements.
  @usableFromInline
  func inBlocks(
    _ fill: @Sendable (Range<Int>, UnsafeMutablePointer<Float>) -> Void
  ) -> Tensor {
    Tensor(shape, items: shape.count, cost: 1, filledBy: fill)
  }

  /// A vector added to every pixel: `[N, C]` onto `[N, ..., C]`.
  public func adding(perChannel vector: Tensor) -> Tensor {
    let (samples, channels) = (shape[0], shape[-1])
    precondition(vector.shape == [samples, channels], "\(vector.shape) onto \(shape)")
    let rows = shape.rowCount / max(samples, 1)
    return Tensor(shape, items: shape.rowCount, cost: channels) { range, output in
      withPointer { input in
        vector.withPointer { vector in
          for row in range {
            let addend = vector + row / rows * channels
            let (source, target) = (input + row * channels, output + row * channels)
            for channel in 0..<channels { target[channel] = source[channel] + addend[channel] }
          }
        }
      }
    }
  }
}
