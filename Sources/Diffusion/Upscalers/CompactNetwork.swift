import Tensor

/// Real-ESRGAN's small network, `SRVGGNetCompact`: convolutions in a row, the last of which gives all pixels of the large
/// picture, added to the small one with its pixels repeated.
struct CompactNetwork: UpscalerNetwork {
  let scale: Int
  private let channels: Int
  private let layers: [Convolution]
  /// One for each convolution but the last, `[C]`.
  private let slopes: [StoredTensor]

  /// - Parameter weights: `body.0.weight`, `body.1.weight` (the slopes of a PReLU), and so on.
  /// - Throws: `CheckpointError` where a size is missing or of a network that takes no pictures in three colours.
  init(measuring weights: Weights) throws {
    let body = weights["body"]
    let last = body.count(having: "weight") - 1
    let inputs = try body[0].size("weight", axis: 1)
    let channels = try body[0].size("weight", axis: 0)
    let outputs = try body[last].size("weight", axis: 0)
    let scale = (1...8).first { 3 * $0 * $0 == outputs }
    guard inputs == 3, let scale, last.isMultiple(of: 2), last > 0 else {
      throw CheckpointError.malformed(
        path: weights.archive.files.name,
        reason:
          "an upscaler of \(inputs) channels to \(outputs); only those of three colours are supported"
      )
    }
    self.scale = scale
    self.channels = channels
    layers = stride(from: 0, through: last, by: 2).map {
      Convolution(body[$0], $0 == 0 ? 3 : channels, $0 == last ? outputs : channels)
    }
    slopes = stride(from: 1, to: last, by: 2).map { body[$0].tensor("weight", [channels]) }
  }

  func stepCount(height: Int, width: Int, memory: Int) -> Int {
    stages.reduce(0) { $0 + $1.bandCount(height: height, width: width, memory: memory) }
  }

  /// A few layers each.
  private var stages: [UpscalerStage] {
    stride(from: 0, to: layers.count, by: Self.layersPerStage).map { first in
      let range = first..<min(first + Self.layersPerStage, layers.count)
      return UpscalerStage(convolutions: range.count, numbersPerPixel: 4 * channels) { x in
        range.reduce(x, applying)
      }
    }
  }

  private func applying(_ x: Tensor, _ index: Int) -> Tensor {
    let y = layers[index](x)
    return index < slopes.count ? y.leakilyRectified(slopes: slopes[index].read()) : y
  }

  func upscaled(
    _ picture: Tensor, memory: Int, finishedStep: () throws -> Void
  ) rethrows -> Tensor {
    let detail = try stages.reduce(picture) { x, stage in
      try stage(x, memory: memory, finishedBand: finishedStep)
    }.pixelsShuffled(by: scale)
    return detail + picture.upsampledNearest(to: detail.shape[1], width: detail.shape[2])
  }

  /// Two pictures of all channels, what comes out, and a band.
  func peakBytes(pixels: Int) -> Int {
    let numbers = 2 * pixels * channels + 9 * pixels * scale * scale
    return numbers * MemoryLayout<Float>.stride + UpscalerStage.memory
  }

  private static let layersPerStage = 6
}
