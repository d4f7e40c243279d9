import Diffusion
import Engine
import Imaging

/// Draws windows of a picture anew.
struct WindowPainter {
  var model: DiffusionModel
  var vae: Autoencoder
  var positive: Conditioning
  var negative: Conditioning?
  var cfg: Double
  var fill: MaskFill
  /// Of the first window; each has the next seed.
  var settings: SamplingSettings

  /// What a window takes at most, in bytes.
  func peakBytes(width: Int, height: Int) -> Int {
    let step = model.stepBytes(
      heeding: [positive, negative], cfg: cfg,
      height: height / latentScale, width: width / latentScale)
    return max(step, vae.peakBytes(width: width, height: height))
  }

  /// The picture with a window drawn anew.
  func paint(
    _ window: InpaintWindow, of picture: Image, index: Int, _ context: RunContext
  ) throws -> Image {
    let crop = picture.cropped(to: window.region)
    let filled = try filled(crop, where: window.drawn, context)
    let codec = try vae.vae()
    let latent = Latent(samples: try codec.encode(filled.signedPixels))
    var settings = settings
    settings.seed += index
    settings.mask = try LatentMask(window.drawn, for: latent, isSoft: false)
    let place = PictureWindow(window.region, of: picture)
    let sampling = GuidedSampling(
      model: model,
      positive: try shown(filled, window.drawn, latent, to: positive.cropped(to: place)),
      negative: try negative?.cropped(to: place), cfg: cfg, latent: latent)
    let sampled = try sampling(settings, context)
    let pixels = try codec.decode(sampled.samples)
    try vae.verify(pixels)
    return picture.composited(
      with: Image(signedPixels: pixels), x: window.region.x, y: window.region.y,
      mask: window.kept)
  }

  /// The crop as the window begins from it. Where nothing at all is known, it stays.
  private func filled(_ crop: Image, where mask: Mask, _ context: RunContext) throws -> Image {
    do {
      return try crop.filled(where: mask, by: fill, beforeRound: context.checkCancellation)
    } catch is NothingKnown {
      return crop
    }
  }

  /// The prompt; for a model that was trained to fill in, with the picture and the mask.
  private func shown(
    _ image: Image, _ mask: Mask, _ latent: Latent, to prompt: Conditioning
  ) throws -> Conditioning {
    guard try model.unet().inChannels == 2 * latent.samples.shape[3] + 1 else { return prompt }
    return prompt.showing(
      try vae.inpaintingChannels(image: image.signedPixels, mask: mask.values))
  }
}

extension PictureWindow {
  /// A part of a picture, which may go beyond it.
  fileprivate init(_ region: PixelRegion, of picture: Image) {
    self.init(
      rows: region.y..<region.y + region.height, columns: region.x..<region.x + region.width,
      pictureWidth: picture.width, pictureHeight: picture.height)
  }
}

extension RunContext {
  /// That of one of several parts of equal length that a node's work has: steps count on from part to part.
  func part(_ index: Int, of parts: Int) -> RunContext {
    RunContext(
      node: node, isCancelled: { (try? checkCancellation()) == nil },
      progress: { step, count, preview in
        // Where this throws, the part is told of the cancellation by `isCancelled`.
        try? finished(step: index * count + step, of: parts * count, preview: preview)
      })
  }
}
