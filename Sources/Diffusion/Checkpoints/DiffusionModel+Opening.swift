import Tensor

extension DiffusionModel {
  /// Opens a denoiser: a UNet's folder in diffusers' layout, a file that holds a UNet, alone or with other parts, or a
  /// whole model's folder.
  /// - Parameter precision: of the linear layers in its transformers; all else is full.
  /// - Throws: `CheckpointError` or `SafetensorsError` where it is missing, broken, or something else.
  public init(opening path: String, precision: LinearPrecision = .full) throws {
    let (unet, noise) = try isFile(path) ? Self.file(path) : Self.folder(path)
    let family = ModelFamily(of: unet.configuration)
    try unet.build().archive.verify()
    self.init(
      unet, noise: noise.configuration,
      preview: LatentPreview(family: family, channels: unet.configuration.outChannels),
      encoders: nil, precision: precision)
  }

  private static func file(_ path: String) throws -> (PartSource<UNet>, RecognizedNoise) {
    let file = try CheckpointFile(path: path)
    let kind = file.kind
    guard [.unet, .checkpoint].contains(kind), let unet = try file.unetSource() else {
      throw CheckpointError.otherKind(path: path, expected: "a UNet", found: kind)
    }
    return (unet, RecognizedNoise(file, unet.configuration))
  }

  /// A whole model's folder has the scheduler's configuration; without one the levels are Stable Diffusion's. Nothing
  /// outside the folder counts: the results are remembered by what is in it.
  private static func folder(_ path: String) throws -> (PartSource<UNet>, RecognizedNoise) {
    let part = PartFolder(at: path, named: "unet")
    try part.requireKind(.unet, called: "a UNet")
    let root = CachedRepository.snapshot(of: path) ?? path
    let scheduler = "\(root)/scheduler/scheduler_config.json"
    let unet: PartSource<UNet> = try part.source()
    guard fileExists(scheduler) else {
      return (unet, RecognizedNoise(configuration: NoiseScheduleConfiguration(), evidence: .family))
    }
    let configuration = try NoiseScheduleConfiguration(ConfigurationFile(path: scheduler))
    return (unet, RecognizedNoise(configuration: configuration, evidence: .configuration))
  }
}

extension PartFolder {
  /// A part's folder, or that of a whole model, of which it is the part of this name.
  init(at path: String, named name: String) {
    let root = CachedRepository.snapshot(of: path) ?? path
    let inside = "\(root)/\(name)"
    self.init(path: isFolder(inside) ? inside : root)
  }
}
