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
    traced(.groupNorm, shape) {
      let map = normalization(groups: groups, weight: weight, bias: bias, epsilon: epsilon)
      return normalized(by: map, activation)
    }
  }

  private func normalized(by map: ChannelNormalization, _ activation: Activation) -> Tensor {
    let (samples, channels) = (shape[0], shape[-1])
    let rows = shape.count / max(samples * channels, 1)
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
    let moments = ChannelMoments(samples: shape[0], channels: shape[-1])
    moments.add(self)
    return moments.normalization(groups: groups, weight: weight, bias: bias, epsilon: epsilon)
  }
}

/// What each channel of each sample is multiplied with, and what is added then.
public struct ChannelNormalization: Sendable {
  /// `[N, C]`
  let scale: Tensor
  /// `[N, C]`
  let shift: Tensor
}
