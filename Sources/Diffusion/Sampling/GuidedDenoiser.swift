import Tensor

/// A UNet as a denoiser that follows prompts, each at its place and time, under classifier-free guidance.
public struct GuidedDenoiser: Sendable {
  private let unet: UNet
  let schedule: NoiseSchedule
  private let guidance: Guidance
  private let positive, negative: Conditioning
  private let cfg: Float
  private let picture: SizeConditioning
  private let tiles: LatentTiles?
  /// The texts that the UNet is shown in one call, by their numbers: what its layers make of them is found at every step.
  let texts = Memo<[Int], TextContext>()
  /// The prompts in a latent of each size: masks are fitted to it once, and not in every step.
  private let places = Memo<LatentArea, [PlacedPrompt]>()
  /// What ControlNets make of their hints, once and not in every step.
  let hints = Memo<ControlPlace, Tensor>()
  /// Where ControlNets hold, in their areas.
  let controlMasks = Memo<ControlPlace, PromptMask>()

  /// - Parameters:
  ///   - guidance: what else steers beside `cfg`.
  ///   - negative: not looked at when `cfg` is 1.
  ///   - width: of the picture, in pixels; SDXL is told it.
  ///   - height: of the picture, in pixels.
  ///   - tiles: what the UNet sees of the latent at once; nil for all of it.
  public init(
    unet: UNet, schedule: NoiseSchedule, guidance: Guidance = Guidance(), positive: Conditioning,
    negative: Conditioning, cfg: Float, width: Int, height: Int,
    tiles: LatentTiles? = nil
  ) {
    self.unet = unet
    self.schedule = schedule
    self.guidance = guidance
    self.positive = positive
    self.negative = negative
    self.cfg = cfg
    self.tiles = tiles
    picture = SizeConditioning(width: width, height: height)
  }

  /// The clean latents in `x`, `[N, h, w, C]`. Each is predicted alone, with the same bits as in a batch of one.
  public func callAsFunction(_ x: Tensor, sigma: Float) -> Tensor {
    x.mappingSamples { clean($0, sigma: sigma) }
  }

  /// `[1, h, w, C]`, the same.
  private func clean(_ x: Tensor, sigma: Float) -> Tensor {
    let isGuided = cfg != 1 && guidance.range.contains(sigma, of: schedule)
    let nothing = WeightedMean(x.shape)
    var means: [PlacedPrompt.Side: WeightedMean] = [:]
    for batch in batches(for: x, sigma: sigma, isGuided: isGuided) {
      for (prompt, clean) in zip(batch, predictions(of: batch, in: x, sigma: sigma)) {
        means[prompt.side, default: nothing].add(clean, of: prompt)
      }
    }
    let positive = (means[.positive] ?? nothing).mean
    guard isGuided else { return positive }
    return guidance.guided(
      x, sigma: sigma, positive: positive, negative: (means[.negative] ?? nothing).mean,
      pictureless: means[.pictureless]?.mean, cfg: cfg)
  }

  /// The prompts that hold at this noise level, in groups for one call of the UNet each: of at most two, with areas
  /// of one size and as many tokens.
  private func batches(for x: Tensor, sigma: Float, isGuided: Bool) -> [[PlacedPrompt]] {
    let whole = LatentArea(height: x.shape[1], width: x.shape[2])
    let prompts = places(whole) { placed(in: whole) }
    var batches: [[PlacedPrompt]] = []
    for prompt in prompts where isGuided || prompt.side == .positive {
      guard prompt.part.range.contains(sigma, of: schedule) else { continue }
      let place = batches.firstIndex { $0.count == 1 && $0[0].canShareCall(with: prompt) }
      if let place { batches[place].append(prompt) } else { batches.append([prompt]) }
    }
    return batches
  }

  /// All prompts, those in tiles once in each that they touch.
  private func placed(in whole: LatentArea) -> [PlacedPrompt] {
    let (height, width) = (whole.rows.count, whole.columns.count)
    let scale = max(picture.targetWidth / width, 1)
    var prompts = [PlacedPrompt](
      positive: positive, negative: cfg == 1 ? Conditioning([]) : negative, scale: scale,
      height: height, width: width)
    if guidance.imageScale != 1 { prompts += prompts.pictureless }
    guard let tiles else { return prompts }
    return tiles.areas(height: height, width: width).flatMap { tile in
      prompts.compactMap { $0.restricted(to: tile, of: tiles, in: whole, scale: scale) }
    }
  }

  /// What each prompt of a batch predicts of its area.
  private func predictions(
    of batch: [PlacedPrompt], in x: Tensor, sigma: Float
  ) -> [Tensor] {
    let crops = batch.map { x.cropped(to: $0.area) }
    let latents = crops.map { schedule.scaledInput($0, sigma: sigma) }
    let inputs = zip(batch, latents).map { prompt, latent in
      guard let concat = prompt.part.concat else { return latent }
      return latent.concatenated(with: concat.cropped(to: prompt.area), axis: -1)
    }
    let whole = LatentArea(height: x.shape[1], width: x.shape[2])
    let outputs = unet(
      .concatenating(inputs), timestep: schedule.timestep(of: sigma), context: context(of: batch),
      added: added(batch), residuals: residuals(of: batch, latents, in: whole, sigma: sigma))
    return crops.enumerated().map { index, crop in
      schedule.clean(crop, output: outputs.slice(index..<index + 1), sigma: sigma)
    }
  }

  /// The texts of a batch, side by side.
  func context(of batch: [PlacedPrompt]) -> TextContext {
    texts(batch.map(\.text)) { TextContext(.concatenating(batch.map(\.part.context))) }
  }

  /// Where nothing else is said, SDXL's sizes are as diffusers sets them: the picture is whole and not cropped.
  func added(_ batch: [PlacedPrompt]) -> AddedConditioning? {
    guard unet.needsAddedConditioning else { return nil }
    return AddedConditioning(
      pooled: .concatenating(batch.compactMap(\.part.pooled)),
      timeIDs: .concatenating(
        batch.map { Tensor([1, 6], ($0.part.sizes ?? picture).timeIDs) }))
  }
}

extension PlacedPrompt {
  fileprivate func canShareCall(with other: PlacedPrompt) -> Bool {
    area.rows.count == other.area.rows.count && area.columns.count == other.area.columns.count
      && part.context.shape == other.part.context.shape
  }
}

extension Tensor {
  /// `[1, h, w, C]` to `[1, rows, columns, C]`.
  func cropped(to area: LatentArea) -> Tensor {
    let isWhole = area == LatentArea(height: shape[1], width: shape[2])
    return isWhole ? self : slice(area.rows, axis: 1).slice(area.columns, axis: 2)
  }
}
