import CKernels

/// The sums and the sums of squares of each channel of each sample, in double precision, of a picture that
/// comes as a whole or in bands.
///
/// A picture is added up in blocks of `blockLines` lines, and the blocks from the top: so the sums have the
/// same bits however it is cut into bands of whole blocks.
public final class ChannelMoments {
  /// Bands begin at multiples of it.
  public static let blockLines = 4

  private let samples: Int
  private let channels: Int
  /// Of one sample.
  private var rows = 0
  /// `[samples, 2, channels]`
  private let totals: UnsafeMutableBufferPointer<Double>
  private let block: MemoryBlock

  /// Of nothing yet.
  public init(samples: Int, channels: Int) {
    let count = samples * 2 * channels
    self.samples = samples
    self.channels = channels
    block = MemoryBlock(byteCount: max(count, 1) * MemoryLayout<Double>.stride)
    totals = UnsafeMutableBufferPointer(
      start: block.start.bindMemory(to: Double.self, capacity: count), count: count)
    totals.initialize(repeating: 0)
  }

  deinit { block.deallocate() }

  /// Adds the next band, `[N, ..., C]`. All but the last must have a multiple of `blockLines` lines.
  public func add(_ band: Tensor) {
    let shape = band.shape
    precondition(
      shape.rank >= 2 && shape[0] == samples && shape[-1] == channels,
      "\(shape) for \(samples) samples of \(channels) channels")
    let bandRows = shape.count / max(samples * channels, 1)
    rows += bandRows
    let blockRows = Self.blockRows(of: shape)
    let blocks = (bandRows + blockRows - 1) / blockRows
    withScratch(of: Double.self, count: samples * blocks * 2 * channels) { sums in
      addUp(band, rows: bandRows, blockRows: blockRows, into: sums)
      for sample in 0..<samples {
        for block in sample * blocks..<(sample + 1) * blocks {
          add(sums + block * 2 * channels, toSample: sample)
        }
      }
    }
  }

  private static func blockRows(of shape: Shape) -> Int {
    shape.rank == 4 ? max(blockLines * shape[2], 1) : max(32, 65536 / max(shape[-1], 1))
  }

  /// The sums of every block, `[samples, blocks, 2, channels]`.
  private func addUp(
    _ band: Tensor, rows: Int, blockRows: Int, into sums: UnsafeMutablePointer<Double>
  ) {
    let (samples, channels) = (samples, channels)
    let blocks = (rows + blockRows - 1) / blockRows
    let shared = DisjointlyWritten(start: sums)
    ThreadPool.shared.forEach(samples * blocks) { task in
      let (sample, block) = task.quotientAndRemainder(dividingBy: blocks)
      let first = block * blockRows
      let sum = shared.start + task * 2 * channels
      sum.initialize(repeating: 0, count: 2 * channels)
      band.withPointer {
        kernels().pointee.column_moments(
          $0 + (sample * rows + first) * channels, min(blockRows, rows - first), channels, sum,
          sum + channels)
      }
    }
  }

  private func add(_ sums: UnsafePointer<Double>, toSample sample: Int) {
    let start = sample * 2 * channels
    for index in 0..<2 * channels { totals[start + index] += sums[index] }
  }
}

// MARK: - Group normalisation

extension ChannelMoments {
  /// What brings groups of neighbouring channels to mean 0 and variance 1 (biased, with `epsilon` added), and
  /// then multiplies with `weight` and adds `bias`, both `[C]`.
  public func normalization(
    groups: Int, weight: Tensor, bias: Tensor, epsilon: Float
  ) -> ChannelNormalization {
    precondition(channels % groups == 0, "\(groups) groups of \(channels) channels")
    precondition(weight.shape == [channels] && bias.shape == [channels], "\(weight.shape) weights")
    let scale = perChannel(groups, epsilon) { channel, _, inverseDeviation in
      Double(weight[at: channel]) * inverseDeviation
    }
    let shift = perChannel(groups, epsilon) { channel, mean, inverseDeviation in
      Double(bias[at: channel]) - mean * (Double(weight[at: channel]) * inverseDeviation)
    }
    return ChannelNormalization(scale: scale, shift: shift)
  }

  /// `[N, C]`, by the statistics of each channel's group.
  private func perChannel(
    _ groups: Int, _ epsilon: Float,
    _ value: (_ channel: Int, _ mean: Double, _ inverseDeviation: Double) -> Double
  ) -> Tensor {
    let size = channels / groups
    return Tensor([samples, channels]) { output in
      for group in 0..<samples * groups {
        let (sample, first) = (group / groups, group % groups * size)
        let (mean, inverseDeviation) = statistics(
          ofSample: sample, channels: first..<first + size, epsilon: epsilon)
        for channel in first..<first + size {
          output[sample * channels + channel] = Float(value(channel, mean, inverseDeviation))
        }
      }
    }
  }

  private func statistics(
    ofSample sample: Int, channels range: Range<Int>, epsilon: Float
  ) -> (mean: Double, inverseDeviation: Double) {
    let start = sample * 2 * channels
    let sum = range.reduce(0.0) { $0 + totals[start + $1] }
    let squareSum = range.reduce(0.0) { $0 + totals[start + channels + $1] }
    let count = Double(rows * range.count)
    let mean = sum / count
    let variance = max(squareSum / count - mean * mean, 0)
    return (mean, 1 / (variance + Double(epsilon)).squareRoot())
  }
}

extension Tensor {
  fileprivate subscript(at index: Int) -> Float { withPointer { $0[index] } }
}
