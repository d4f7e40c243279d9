import Tensor

extension Autoencoder {
  /// Opens an autoencoder: its folder in diffusers' layout, a file that holds one, alone or with other parts, or a
  /// whole model's folder; or a tiny autoencoder, in the same or in the original files of TAESD.
  /// - Parameter family: the models that it is for. The autoencoders of all families have the same shapes; nil is
  ///   enough where a UNet or a folder's configuration beside it tells.
  /// - Throws: `CheckpointError` or `SafetensorsError` where it is missing, broken, something else, or of nobody knows
  ///   which family.
  public init(opening path: String, for family: ModelFamily? = nil) throws {
    if let tiny = try TinyAutoencoderFiles(at: path) {
      guard let family else { throw CheckpointError.familyUnknown(path: path) }
      self.init(family: family, tiny)
    } else if isFile(path) {
      try self.init(CheckpointFile(path: path), for: family)
    } else {
      let source: PartSource<VAE> = try PartFolder(at: path, named: "vae").source()
      guard let family = family ?? Self.family(of: source, in: path) else {
        throw CheckpointError.familyUnknown(path: path)
      }
      try self.init(verifying: source, for: family)
    }
  }

  private init(_ file: CheckpointFile, for chosen: ModelFamily?) throws {
    let kind = file.kind
    guard [.vae, .checkpoint].contains(kind), file.vae != nil else {
      throw CheckpointError.otherKind(path: file.path, expected: "an autoencoder", found: kind)
    }
    let unet = try file.unetSource().map { ModelFamily(of: $0.configuration) }
    guard let family = chosen ?? unet else {
      throw CheckpointError.familyUnknown(path: file.path)
    }
    guard let source = try file.vaeSource(family) else {
      throw CheckpointError.otherKind(path: file.path, expected: "an autoencoder", found: kind)
    }
    try self.init(verifying: source, for: family)
  }

  private init(verifying source: PartSource<VAE>, for family: ModelFamily) throws {
    try source.build().archive.verify()
    self.init(family: family, source)
  }

  /// By the UNet in a whole model's folder, or by the factor that only SDXL's has.
  private static func family(of source: PartSource<VAE>, in folder: String) -> ModelFamily? {
    if let file = try? PartFolder(at: folder, named: "unet").configuration(),
      let unet = try? UNetConfiguration(file), file["cross_attention_dim"] != nil
    {
      return ModelFamily(of: unet)
    }
    return source.configuration.scaling.factor == 0.13025 ? .sdxl : nil
  }
}
