import Tensor

/// The generator of ESRGAN, BSRGAN and Real-ESRGAN, `RRDBNet`: Wang et al. (2018), figures 3 and 4. Pictures that are
/// enlarged by less than 4 are first folded into more channels: Wang et al., "Real-ESRGAN" (2021), section 3.4.
struct ResidualDenseNetwork: UpscalerNetwork {
  let configuration: ResidualDenseConfiguration
  private let convFirst, convBody, convHR, convLast: Convolution
  /// Three dense blocks each.
  private let body: [[ResidualDenseBlock]]
  private let convUp: [Convolution]

  init(_ weights: Weights, _ configuration: ResidualDenseConfiguration) {
    let channels = configuration.channels
    self.configuration = configuration
    convFirst = Convolution(weights["conv_first"], configuration.inputs, channels)
    body = (0..<configuration.blocks).map { index in
      (1...3).map { ResidualDenseBlock(weights["body"][index]["rdb\($0)"], configuration) }
    }
    convBody = Convolution(weights["conv_body"], channels, channels)
    convUp = (0..<configuration.doublings).map {
      Convolution(weights["conv_up\($0 + 1)"], channels, channels)
    }
    convHR = Convolution(weights["conv_hr"], channels, channels)
    convLast = Convolution(weights["conv_last"], channels, 3)
  }

  var scale: Int { configuration.scale }

  func stepCount(height: Int, width: Int, memory: Int) -> Int {
    let folding = configuration.folding
    let (rows, columns) = ((height + folding - 1) / folding, (width + folding - 1) / folding)
    let stages =
      [single(convFirst)] + body.flatMap { $0.map(\.stage) } + [single(convBody), enlarging]
    return stages.reduce(0) { $0 + $1.bandCount(height: rows, width: columns, memory: memory) }
  }

  func upscaled(
    _ picture: Tensor, memory: Int, finishedStep: () throws -> Void
  ) rethrows -> Tensor {
    func pass(_ x: Tensor, through stage: UpscalerStage) throws -> Tensor {
      try stage(x, memory: memory, finishedBand: finishedStep)
    }
    let folded = picture.folded(by: configuration.folding)
    let first = try pass(folded, through: single(convFirst))
    let deep = try body.reduce(first) { x, block in
      try block.reduce(x) { try pass($0, through: $1.stage) } * residualScale + x
    }
    let result = try pass(pass(deep, through: single(convBody)) + first, through: enlarging)
    return result.cropped(height: picture.shape[1] * scale, width: picture.shape[2] * scale)
  }

  private func single(_ convolution: Convolution) -> UpscalerStage {
    UpscalerStage(convolutions: 1, numbersPerPixel: 3 * configuration.channels) { convolution($0) }
  }

  /// A convolution behind each doubling, and two more. Going back from the last, each reaches a block of 4 lines further
  /// and each doubling halves that: never more than 8 lines of what goes in.
  private var enlarging: UpscalerStage {
    let doubled = 1 << configuration.doublings
    return UpscalerStage(
      context: 2 * UpscalerStage.alignment, scale: doubled,
      numbersPerPixel: 3 * configuration.channels * doubled * doubled
    ) { x in
      let large = convUp.reduce(x) {
        $1(ConvolutionInput($0, isDoubled: true)).leakilyRectified(slope: leakySlope)
      }
      return convLast(convHR(large).leakilyRectified(slope: leakySlope))
    }
  }

  /// Three pictures of all channels, what comes out, and a band.
  func peakBytes(pixels: Int) -> Int {
    let folded = pixels / (configuration.folding * configuration.folding)
    let numbers = 4 * folded * configuration.channels + 6 * pixels * scale * scale
    return numbers * MemoryLayout<Float>.stride + UpscalerStage.memory
  }
}

extension Tensor {
  /// `[1, H, W, C]` with blocks of pixels as channels; sides that are no multiples of the factor are mirrored beyond
  /// their ends.
  fileprivate func folded(by factor: Int) -> Tensor {
    guard factor > 1 else { return self }
    let rows = mirrored(shape[1], to: factor), columns = mirrored(shape[2], to: factor)
    guard rows.count > shape[1] || columns.count > shape[2] else {
      return pixelsUnshuffled(by: factor)
    }
    let (width, channels) = (shape[2], shape[3])
    let padded = withElements { source in
      Tensor([1, rows.count, columns.count, channels]) { target in
        for index in target.indices {
          let (pixel, channel) = index.quotientAndRemainder(dividingBy: channels)
          let (y, x) = pixel.quotientAndRemainder(dividingBy: columns.count)
          target[index] = source[(rows[y] * width + columns[x]) * channels + channel]
        }
      }
    }
    return padded.pixelsUnshuffled(by: factor)
  }

  /// The upper left part.
  fileprivate func cropped(height: Int, width: Int) -> Tensor {
    (height, width) == (shape[1], shape[2])
      ? self : slice(0..<height, axis: 1).slice(0..<width, axis: 2)
  }
}

/// The places of a line of pixels up to the next multiple: beyond the end they turn round, without repeating the last; a
/// line of fewer pixels than that takes ends at its first.
private func mirrored(_ count: Int, to multiple: Int) -> [Int] {
  let wanted = (count + multiple - 1) / multiple * multiple
  return (0..<wanted).map { $0 < count ? $0 : max(2 * (count - 1) - $0, 0) }
}
