import Tensor

/// A part of a picture, in pixels from its upper left corner; it can begin and end inside a pixel.
struct PixelBox: Hashable, Sendable {
  var x: ClosedRange<Double>
  var y: ClosedRange<Double>
}

extension Tensor {
  /// `[H, W, C]` to `[height, width, C]`: the part inside `box`, or all, in another size. Along the rows
  /// first, then along the columns; sums in f64, in the order of the pixels. The result can go beyond
  /// the values of the picture.
  func resampled(
    toWidth width: Int, height: Int, filter: ResamplingFilter, box: PixelBox? = nil
  ) -> Tensor {
    let whole = PixelBox(x: 0...Double(shape[1]), y: 0...Double(shape[0]))
    let box = box ?? whole
    var result = self
    if width != shape[1] || box.x != whole.x {
      result = result.resampledRows(
        ResamplingWeights(of: shape[1], box: box.x, to: width, filter: filter))
    }
    if height != shape[0] || box.y != whole.y {
      result = result.resampledColumns(
        ResamplingWeights(of: shape[0], box: box.y, to: height, filter: filter))
    }
    return result
  }

  private func resampledRows(_ weights: ResamplingWeights) -> Tensor {
    let channels = shape[2]
    let length = shape[1] * channels
    return parallelRows([shape[0], weights.spans.count, channels]) { source, y, target in
      let row = source + y * length
      for (x, span) in weights.spans.enumerated() {
        for channel in 0..<channels {
          var sum = 0.0
          var pixel = row + span.start * channels + channel
          for weight in span.weights {
            sum += Double(pixel.pointee) * weight
            pixel += channels
          }
          target[x * channels + channel] = Float(sum)
        }
      }
    }
  }

  private func resampledColumns(_ weights: ResamplingWeights) -> Tensor {
    let length = shape[1] * shape[2]
    return parallelRows([weights.spans.count, shape[1], shape[2]]) { source, y, target in
      let span = weights.spans[y]
      var sums = [Double](repeating: 0, count: length)
      for (offset, weight) in span.weights.enumerated() {
        let row = source + (span.start + offset) * length
        for index in 0..<length { sums[index] += Double(row[index]) * weight }
      }
      for index in 0..<length { target[index] = Float(sums[index]) }
    }
  }
}
