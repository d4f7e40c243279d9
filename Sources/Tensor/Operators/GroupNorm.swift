import CKernels

extension Tensor {
  /// Group normalisation of `[N, ..., C]`: the channels of a sample are split into `groups`
  /// neighbouring ones, each group is brought to mean 0 and variance 1 (biased, with `epsilon` added),
  /// then come `weight` and `bias`, both `[C]`, and the activation.
  ///
  /// Source: Wu and He 2018, "Group Normalization".
  public func groupNormalized(
    groups: Int, weight: Tensor, bias: Tensor, epsilon: Float, activation: Activation = .identity
  ) -> Tensor {
    let channels = shape[-1]
    precondition(shape.rank >= 2 && channels % groups == 0, "\(groups) groups in \(shape)")
    precondition(weight.shape == [channels] && bias.shape == [channels], "weights for \(shape)")
    return traced(.groupNorm, shape) {
      normalized(
        groups: groups, weight: weight, bias: bias, epsilon: epsilon, activation: activation)
    }
  }

  private func normalized(
    groups: Int, weight: Tensor, bias: Tensor, epsilon: Float, activation: Activation
  ) -> Tensor {
    let (samples, channels) = (shape[0], shape[-1])
    let rows = shape.count / max(samples * channels, 1)
    let map = normalization(groups: groups, weight: weight, bias: bias, epsilon: epsilon)
    return Tensor(shape, by: nil, items: samples * rows, cost: 4 * channels) { range, output in
      withPointer { input in
        for sample in 0..<samples {
          let part = range.clamped(to: sample * rows..<(sample + 1) * rows)
          let start = part.lowerBound * channels
          kernels().pointee.scale_columns(
            input + start, output + start, part.count, channels,
            map.scale.withPointer { $0 + sample * channels },
            map.shift.withPointer { $0 + sample * channels }, activation.kernel)
        }
      }
    }
  }

  /// What group normalisation multiplies each channel of each sample with, and adds then: see
  /// `groupNormalized`.
  public func groupNormalization(
    groups: Int, weight: Tensor, bias: Tensor, epsilon: Float
  ) -> ChannelNormalization {
    traced(.groupNorm, shape) {
      normalization(groups: groups, weight: weight, bias: bias, epsilon: epsilon)
    }
  }

  private func normalization(
    groups: Int, weight: Tensor, bias: Tensor, epsilon: Float
  ) -> ChannelNormalization {
    let (samples, channels) = (shape[0], shape[-1])
    let rows = shape.count / max(samples * channels, 1)
    let maps = withChannelMoments(samples: samples, rows: rows, channels: channels) { moments in
      (0..<samples).map {
        moments.affineMap(
          ofSample: $0, groups: groups, weight: weight, bias: bias, epsilon: epsilon)
      }
    }
    return ChannelNormalization(
      scale: Tensor([samples, channels], maps.flatMap(\.scale)),
      shift: Tensor([samples, channels], maps.flatMap(\.shift)))
  }
}

/// What each channel of each sample is multiplied with, and what is added then.
public struct ChannelNormalization: Sendable {
  /// `[N, C]`
  let scale: Tensor
  /// `[N, C]`
  let shift: Tensor
}

extension Tensor {
  /// Adds up the rows in blocks of a size that the shape alone gives.
  private func withChannelMoments<Result>(
    samples: Int, rows: Int, channels: Int, _ body: (ChannelMoments) -> Result
  ) -> Result {
    let blockRows = max(32, 65536 / max(channels, 1), (rows + 63) / 64)
    let blocks = (rows + blockRows - 1) / blockRows
    let count = samples * blocks * 2 * channels
    return withScratch(of: Double.self, count: count) { sums in
      sums.initialize(repeating: 0, count: count)
      let shared = DisjointlyWritten(start: sums)
      ThreadPool.shared.forEach(samples * blocks) { task in
        let (sample, block) = task.quotientAndRemainder(dividingBy: blocks)
        let first = block * blockRows
        let sum = shared.start + task * 2 * channels
        withPointer {
          kernels().pointee.column_moments(
            $0 + (sample * rows + first) * channels, min(blockRows, rows - first), channels, sum,
            sum + channels)
        }
      }
      return body(ChannelMoments(rows: rows, channels: channels, blocks: blocks, sums: sums))
    }
  }
}

/// The sums and the sums of squares of each channel of each sample, in double precision.
private struct ChannelMoments {
  let rows: Int
  let channels: Int
  let blocks: Int
  /// `[samples, blocks, 2, channels]`
  let sums: UnsafePointer<Double>

  /// What to multiply each channel of a sample with, and what to add then. The blocks are added in order.
  func affineMap(
    ofSample sample: Int, groups: Int, weight: Tensor, bias: Tensor, epsilon: Float
  ) -> (scale: [Float], shift: [Float]) {
    let size = channels / groups
    var scale = weight.elements
    var shift = bias.elements
    for first in stride(from: 0, to: channels, by: size) {
      let (mean, inverseDeviation) = normalization(
        ofSample: sample, channels: first..<first + size, epsilon: epsilon)
      for channel in first..<first + size {
        let factor = Double(scale[channel]) * inverseDeviation
        scale[channel] = Float(factor)
        shift[channel] = Float(Double(shift[channel]) - mean * factor)
      }
    }
    return (scale, shift)
  }

  private func normalization(
    ofSample sample: Int, channels range: Range<Int>, epsilon: Float
  ) -> (mean: Double, inverseDeviation: Double) {
    var sum = 0.0
    var squareSum = 0.0
    for block in sample * blocks..<(sample + 1) * blocks {
      let start = block * 2 * channels
      for channel in range {
        sum += sums[start + channel]
        squareSum += sums[start + channels + channel]
      }
    }
    let count = Double(rows * range.count)
    let mean = sum / count
    let variance = max(squareSum / count - mean * mean, 0)
    return (mean, 1 / (variance + Double(epsilon)).squareRoot())
  }
}
