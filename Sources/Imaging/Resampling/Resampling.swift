import Tensor

extension Tensor {
  /// `[H, W, C]` to `[height, width, C]`: first along the rows, then along the columns, as Pillow does for
  /// floating-point pictures. Values may go beyond those of the picture.
  func resampled(toWidth width: Int, height: Int, filter: ResamplingFilter) -> Tensor {
    alongRows(to: width, filter).alongColumns(to: height, filter)
  }

  private func alongRows(to width: Int, _ filter: ResamplingFilter) -> Tensor {
    let (height, old, channels) = (shape[0], shape[1], shape[2])
    guard width != old else { return self }
    let spans = ResamplingWeights(from: old, to: width, filter: filter).spans
    return withElements { source in
      // Only read, and only while this call lasts.
      nonisolated(unsafe) let source = source
      return Tensor([height, width, channels], filledByRows: { row, target in
        for (x, span) in spans.enumerated() {
          for channel in 0..<channels {
            var sum = 0.0
            var index = (row * old + span.start) * channels + channel
            for weight in span.weights {
              sum += Double(source[index]) * weight
              index += channels
            }
            target[x * channels + channel] = Float(sum)
          }
        }
      })
    }
  }

  private func alongColumns(to height: Int, _ filter: ResamplingFilter) -> Tensor {
    let (old, width, channels) = (shape[0], shape[1], shape[2])
    guard height != old else { return self }
    let spans = ResamplingWeights(from: old, to: height, filter: filter).spans
    let stride = width * channels
    return withElements { source in
      // Only read, and only while this call lasts.
      nonisolated(unsafe) let source = source
      return Tensor([height, width, channels], filledByRows: { row, target in
        for x in target.indices {
          var sum = 0.0
          var index = spans[row].start * stride + x
          for weight in spans[row].weights {
            sum += Double(source[index]) * weight
            index += stride
          }
          target[x] = Float(sum)
        }
      })
    }
  }

  /// Fills `[H, W, C]` row by row, on all threads.
  private init(
    _ shape: Shape, filledByRows fill: @Sendable (Int, UnsafeMutableBufferPointer<Float>) -> Void
  ) {
    let length = shape[1] * shape[2]
    self.init(shape) { elements in
      // Each row is written by one call alone.
      nonisolated(unsafe) let elements = elements
      ThreadPool.shared.forEach(shape[0]) { row in
        fill(row, UnsafeMutableBufferPointer(rebasing: elements[row * length..<(row + 1) * length]))
      }
    }
  }
}
