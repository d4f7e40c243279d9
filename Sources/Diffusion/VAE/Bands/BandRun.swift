import Tensor

/// Takes a picture through steps as a plan says.
struct BandRun {
  private let steps: [BandStep]
  private let choices: [BandChoice]
  private let observe: ((String, Tensor) -> Void)?

  /// - Parameter observe: given what named steps put out, which takes more memory than planned.
  init(_ steps: [BandStep], _ plan: BandPlan, observe: ((String, Tensor) -> Void)? = nil) {
    self.steps = steps
    choices = plan.choices
    self.observe = observe
  }

  /// `[1, H, W, C]`. Hand over the only reference to it: its memory is used for what follows.
  func callAsFunction(_ picture: consuming Tensor) -> Tensor {
    let first = StoredPicture(PictureStorage(consume picture), moments: nil)
    var picture = LazyPicture.stored(first)
    for index in steps.indices { picture = advance(picture, index) }
    return picture.tensor
  }

  private func advance(_ picture: LazyPicture, _ index: Int) -> LazyPicture {
    let (step, choice) = (steps[index], choices[index])
    let needsMoments = index + 1 < steps.count && steps[index + 1].needsMoments
    let stage = BandStage(step: step, choice: choice, keepsMoments: needsMoments)
    let result = stage.apply(to: picture)
    if let observe, let name = step.name { observe(name, result.tensor) }
    return result
  }
}

/// One step as it is planned.
private struct BandStage {
  let step: BandStep
  let choice: BandChoice
  /// Whether the next step needs the statistics of the output.
  let keepsMoments: Bool

  func apply(to picture: LazyPicture) -> LazyPicture {
    switch step.work {
    case .convolution(let conv, let norm):
      convolved(
        picture, BandKernel(conv, norm: norm.map { $0.normalization(for: picture.moments) }))
    case .upsampling(let layer): convolved(picture, BandKernel(layer.conv, isDoubled: true))
    case .downsampling(let layer): convolved(picture, BandKernel(layer.conv))
    case .resnet(let block): through(block, picture)
    }
  }

  private func convolved(_ picture: LazyPicture, _ kernel: BandKernel) -> LazyPicture {
    finished(.convolved(picture, kernel), over: picture)
  }

  private func through(_ block: ResnetBlock, _ picture: LazyPicture) -> LazyPicture {
    let norm = block.norm1.normalization(for: picture.moments)
    let hidden = LazyPicture.convolved(picture, BandKernel(block.conv1, norm: norm))
    switch choice.hidden {
    case .stored: return throughStored(block, picture, hidden)
    case .recomputed:
      let kernel = block.second(after: hidden.moments)
      return finished(
        .residual(picture, hidden: hidden, kernel, block.convShortcut), over: picture)
    case .paired: return throughPair(block, picture, hidden)
    }
  }

  private func throughStored(
    _ block: ResnetBlock, _ picture: LazyPicture, _ hidden: LazyPicture
  ) -> LazyPicture {
    let stored = LazyPicture.stored(hidden.stored(withMoments: true))
    let kernel = block.second(after: stored.moments)
    let result = LazyPicture.residual(picture, hidden: stored, kernel, block.convShortcut)
    // Over the input is faster: of each line of it, the last use is that for the same line of the result.
    return finished(result, over: result.room(in: picture) == nil ? stored : picture)
  }

  private func throughPair(
    _ block: ResnetBlock, _ picture: LazyPicture, _ hidden: LazyPicture
  ) -> LazyPicture {
    guard let shortcut = block.convShortcut else { return throughStored(block, picture, hidden) }
    let (pair, moments) = Self.pair(picture, hidden, shortcut)
    let outputs = step.outputs
    let result = LazyPicture.residual(
      .channels(pair, 0..<outputs), hidden: .channels(pair, outputs..<2 * outputs),
      block.second(after: moments), nil)
    return .stored(result.stored(over: pair, withMoments: keepsMoments))
  }

  /// The shortcut's output beside the hidden picture, and the statistics of the latter.
  private static func pair(
    _ picture: LazyPicture, _ hidden: LazyPicture, _ shortcut: Linear
  ) -> (PictureStorage, ChannelMoments) {
    let paired = LazyPicture.paired(picture, hidden: hidden, shortcut)
    let storage = paired.stored(over: paired.room(in: picture), withMoments: false).storage
    let channels = storage.shape[3]
    return (storage, LazyPicture.channels(storage, channels / 2..<channels).moments)
  }

  /// - Parameter other: what may be written over.
  private func finished(_ picture: LazyPicture, over other: LazyPicture) -> LazyPicture {
    guard choice.storesOutput else { return picture }
    return .stored(picture.stored(over: picture.room(in: other), withMoments: keepsMoments))
  }
}

extension ResnetBlock {
  /// The second convolution and what comes before it, for a hidden picture with such moments.
  fileprivate func second(after moments: ChannelMoments) -> BandKernel {
    BandKernel(conv2, norm: norm2.normalization(for: moments))
  }
}
