/// One step of an encoder's or decoder's way through pictures that are too large to be kept as one pleases.
struct BandStep: Sendable {
  enum Work: Sendable {
    /// A convolution of what goes in, after a normalization and SiLU where one is given.
    case convolution(Convolution, norm: GroupNorm? = nil)
    /// Of pixels repeated to twice the size.
    case upsampling(Upsample)
    /// By a stride of two.
    case downsampling(Downsample)
    case resnet(ResnetBlock)
  }

  let work: Work
  /// The channels that go in, and those that come out.
  let inputs, outputs: Int
  /// What the blocks' outputs are observed as, after the step.
  var name: String?
}

extension BandStep {
  /// A level of an autoencoder: resnets, and what changes the picture's size behind them.
  ///
  /// - Parameters:
  ///   - weights: the level's place.
  ///   - count: the number of resnets.
  ///   - resampling: nil for the level that keeps the size.
  ///   - name: what the level's output is observed as.
  static func level(
    _ weights: Weights, _ inputs: Int, _ outputs: Int, resnets count: Int, then resampling: Work?,
    name: String, _ configuration: VAEConfiguration
  ) -> [BandStep] {
    var steps = (0..<count).map { index in
      let inputs = index == 0 ? inputs : outputs
      let block = ResnetBlock(weights["resnets"][index], inputs, outputs, configuration)
      return BandStep(work: .resnet(block), inputs: inputs, outputs: outputs)
    }
    if let resampling {
      steps.append(BandStep(work: resampling, inputs: outputs, outputs: outputs))
    }
    steps[steps.count - 1].name = name
    return steps
  }
}

extension [BandStep] {
  /// How a picture of so many lines goes through the steps within a memory budget, in bytes.
  func plan(lines: Int, width: Int, memory: Int) -> BandPlan {
    let size = PictureSize(lines: lines, width: width, channels: self[0].inputs)
    return BandPlan(self, input: size, budget: memory)
  }
}

/// The measures of one picture.
struct PictureSize: Hashable, Sendable {
  let lines, width, channels: Int

  var pixels: Int { lines * width }
  var byteCount: Int { pixels * channels * MemoryLayout<Float>.stride }
  /// Whether another picture can be written over this one from the top while this one is being read: each
  /// part of it takes no more than the same part of this one, which was read before.
  func canBecome(_ other: PictureSize) -> Bool { other.byteCount <= byteCount }

  /// What a band takes.
  var bandByteCount: Int {
    min(Bands.lineCount(width: width), lines) * width * channels * MemoryLayout<Float>.stride
  }
}

extension BandStep {
  /// What the step makes of a picture.
  func outputSize(of size: PictureSize) -> PictureSize {
    switch work {
    case .upsampling:
      PictureSize(lines: 2 * size.lines, width: 2 * size.width, channels: outputs)
    case .downsampling:
      PictureSize(lines: size.lines / 2, width: size.width / 2, channels: outputs)
    case .convolution, .resnet:
      PictureSize(lines: size.lines, width: size.width, channels: outputs)
    }
  }

  /// Whether the step needs the statistics of what goes in.
  var needsMoments: Bool {
    switch work {
    case .convolution(_, let norm): norm != nil
    case .resnet: true
    case .upsampling, .downsampling: false
    }
  }
}
