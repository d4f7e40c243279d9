import Tensor

/// A whole pipeline: a prompt encoded, a latent sampled with guidance in 25 steps, and decoded.
struct PortraitWork: BenchmarkWork {
  /// The model's folder.
  let path: String
  /// Width and height of the picture, in pixels.
  private let side = 128
  private let steps = 25
  let operations: Int?

  /// - Throws: `CheckpointError` where the model's configurations are wrong.
  init(path: String) throws {
    self.path = path
    let layout = try CheckpointHeader(of: path).layout
    let encoders = layout.encoders.map(\.configuration)
    let (unet, vae) = (layout.unet.configuration, layout.vae.configuration)
    let latentSide = side >> (vae.channels.count - 1)
    let tokens = encoders.first?.positions ?? 0
    let step = unet.operations(batch: 2, height: latentSide, width: latentSide, tokens: tokens)
    operations =
      encoders.reduce(0) { $0 + $1.operations(tokens: $1.positions) } + steps * step
      + vae.decodingOperations(height: latentSide, width: latentSide)
  }

  let inputs: [BenchmarkInput] = []

  func prepare() throws -> BenchmarkRun {
    let checkpoint = try Checkpoint(opening: path)
    return { _ in try draw(checkpoint) }
  }

  private func draw(_ checkpoint: Checkpoint) throws -> Tensor {
    let (encoder, header) = (try checkpoint.textEncoder(), checkpoint.header)
    let schedule = NoiseSchedule(header.noise)
    let denoiser = GuidedDenoiser(
      unet: try checkpoint.unet(), schedule: schedule,
      positive: encoder.encode("a portrait of a smiling person with glasses and long red hair"),
      negative: encoder.unprompted, cfg: 5, width: side, height: side)
    var settings = SamplingSettings(seed: 2, steps: steps)
    settings.schedule = .leading
    let latentSide = side / header.latentScale
    let empty = Tensor([1, latentSide, latentSide, header.latentChannels], repeating: 0)
    return try checkpoint.vae().decode(
      settings.sample(empty, model: schedule, denoise: denoiser.callAsFunction))
  }
}
