import Tensor

/// A model that is one part of a checkpoint: built by its configuration on its weights.
protocol CheckpointPart: Sendable {
  init(_ configuration: ConfigurationFile, _ weights: Weights) throws
}

extension UNet: CheckpointPart {
  init(_ configuration: ConfigurationFile, _ weights: Weights) throws {
    self.init(weights, try UNetConfiguration(configuration))
  }
}

extension VAE: CheckpointPart {
  init(_ configuration: ConfigurationFile, _ weights: Weights) throws {
    self.init(weights, try VAEConfiguration(configuration))
  }
}

extension TextEncoder: CheckpointPart {
  init(_ configuration: ConfigurationFile, _ weights: Weights) throws {
    self.init(weights, try TextEncoderConfiguration(configuration))
  }
}

/// The folder of one part: `config.json` and the weights beside it.
struct PartFolder {
  let path: String

  func configuration() throws -> ConfigurationFile {
    try ConfigurationFile(path: "\(path)/config.json")
  }

  /// Builds the part and makes sure that every weight it needs is there.
  /// - Parameters:
  ///   - precision: for the layers that bear less than full precision.
  ///   - adapters: what changes the weights when they are read.
  ///   - role: what the part is to adapters.
  func load<Part: CheckpointPart>(
    _ type: Part.Type = Part.self, precision: LinearPrecision = .full,
    adapters: [AppliedAdapter] = [], as role: AdaptedPart = .unet
  ) throws -> Part {
    let (part, archive) = try build(type, precision: precision)
    try archive.verify()
    guard !adapters.isEmpty else { return part }
    archive.changes = try adapters.changes(of: role, tensors: archive.requests)
    return try Part(try configuration(), Weights(archive))
  }

  /// Builds the part on whatever weights there are; the archive knows what is missing.
  func build<Part: CheckpointPart>(
    _ type: Part.Type, precision: LinearPrecision = .full
  ) throws -> (part: Part, archive: WeightArchive) {
    let configuration = try configuration()
    let archive = try WeightArchive(try WeightFiles(in: path), precision: precision)
    return (try Part(configuration, Weights(archive)), archive)
  }
}
