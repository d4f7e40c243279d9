import Tensor

/// What `easel bench --tune` prints: how long each method takes for the convolutions of the known models, from
/// the lowest level of a UNet to a whole picture.
enum ConvolutionTable {
  static func print(runs: Int) {
    for problem in problems {
      let row = ConvolutionTuner.measure(problem, runs: runs)
      Swift.print(describe(row))
    }
  }

  private static func describe(_ row: ConvolutionTuner.Row) -> String {
    let size = "\(row.problem.samples) x \(row.problem.side) x \(row.problem.side)"
    let channels = "\(row.problem.inputs) to \(row.problem.outputs)"
    let times = row.times.map { "\($0.method) \(BenchmarkTable.time($0.seconds))".padded(to: 26) }
    let fastest = row.times.min { $0.seconds < $1.seconds }?.method ?? "-"
    return size.padded(to: 15) + channels.padded(to: 14) + times.joined()
      + "fastest: \(fastest); chosen: \(row.chosen)"
  }

  /// Of growing pictures, at the channels that models have there.
  private static let problems: [ConvolutionTuner.Problem] =
    [4, 6, 8, 10, 12, 16, 20, 24, 32].flatMap { side in
      [(1, 1280), (2, 1280)].map { samples, channels in
        .init(samples: samples, side: side, inputs: channels, outputs: channels)
      }
    }
    + [(1, 32, 640), (2, 32, 640), (2, 64, 320), (1, 128, 320), (1, 128, 512), (1, 256, 256)].map {
      .init(samples: $0.0, side: $0.1, inputs: $0.2, outputs: $0.2)
    }
    + [(1, 128, 512, 128), (1, 512, 128, 3), (1, 64, 4, 320), (1, 64, 8, 128), (1, 64, 16, 128)].map
  {
    .init(samples: $0.0, side: min($0.1, 256), inputs: $0.2, outputs: $0.3)
  }
}
