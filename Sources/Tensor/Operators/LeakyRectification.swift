extension Tensor {
  /// Each negative element times a number: leaky ReLU.
  public func leakilyRectified(slope: Float) -> Tensor {
    Tensor(shape, by: .activation, items: shape.count, cost: 1) { range, output in
      withPointer { input in
        for index in range { output[index] = input[index] * (input[index] > 0 ? 1 : slope) }
      }
    }
  }

  /// Each negative element times the number of its channel: PReLU.
  /// - Parameter slopes: `[C]`, for a tensor `[..., C]`.
  public func leakilyRectified(slopes: Tensor) -> Tensor {
    let channels = shape[-1]
    precondition(slopes.shape == [channels], "\(slopes.shape) for \(shape)")
    return Tensor(shape, by: .activation, items: shape.rowCount, cost: channels) { rows, output in
      withPointer { input in
        slopes.withPointer { slopes in
          for row in rows {
            let (source, target) = (input + row * channels, output + row * channels)
            for channel in 0..<channels {
              target[channel] = source[channel] * (source[channel] > 0 ? 1 : slopes[channel])
            }
          }
        }
      }
    }
  }
}
