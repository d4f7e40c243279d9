extension Tensor {
  /// The sums of the elements of two tensors of one shape.
  public static func + (left: Tensor, right: Tensor) -> Tensor {
    left.combined(with: right) { left, right, sum, count in
      for index in 0..<count { sum[index] = left[index] + right[index] }
    }
  }

  /// The differences of the elements of two tensors of one shape.
  public static func - (left: Tensor, right: Tensor) -> Tensor {
    left.combined(with: right) { left, right, difference, count in
      for index in 0..<count { difference[index] = left[index] - right[index] }
    }
  }

  /// The products of the elements of two tensors of one shape.
  public static func * (left: Tensor, right: Tensor) -> Tensor {
    left.combined(with: right) { left, right, product, count in
      for index in 0..<count { product[index] = left[index] * right[index] }
    }
  }

  /// Each element times a number.
  public static func * (left: Tensor, right: Float) -> Tensor {
    left.combined(with: left) { left, _, product, count in
      for index in 0..<count { product[index] = left[index] * right }
    }
  }

  /// Zero for each negative element: ReLU.
  public func rectified() -> Tensor {
    combined(with: self) { source, _, target, count in
      for index in 0..<count { target[index] = source[index] > 0 ? source[index] : 0 }
    }
  }

  /// A function of each element, called in no particular order and on several threads.
  public func map(_ function: @Sendable (Float) -> Float) -> Tensor {
    combined(with: self) { source, _, target, count in
      for index in 0..<count { target[index] = function(source[index]) }
    }
  }

  /// A function of the elements at the same place in two tensors of one shape, called in no
  /// particular order and on several threads.
  public func zip(_ other: Tensor, _ function: @Sendable (Float, Float) -> Float) -> Tensor {
    combined(with: other) { left, right, target, count in
      for index in 0..<count { target[index] = function(left[index], right[index]) }
    }
  }

  /// A tensor of the same shape, computed in runs of elements: two sources, a target and a count.
  private func combined(
    with other: Tensor,
    _ compute:
      @Sendable (
        UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int
      ) -> Void
  ) -> Tensor {
    precondition(shape == other.shape, "\(shape) with \(other.shape)")
    return Tensor(shape, by: .arithmetic, items: shape.count, cost: 1) { range, output in
      let start = range.lowerBound
      withPointer { left in
        other.withPointer { compute(left + start, $0 + start, output + start, range.count) }
      }
    }
  }

  /// A vector added to every pixel: `[N, C]` onto `[N, ..., C]`.
  public func adding(perChannel vector: Tensor) -> Tensor {
    let (samples, channels) = (shape[0], shape[-1])
    precondition(vector.shape == [samples, channels], "\(vector.shape) onto \(shape)")
    let rows = shape.rowCount / max(samples, 1)
    return Tensor(shape, by: .arithmetic, items: shape.rowCount, cost: channels) { range, output in
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
