import Tensor

/// A model that is one part of a checkpoint: built by its configuration on its weights.
protocol CheckpointPart: Sendable {
  associatedtype Configuration: PartConfiguration
  init(_ weights: Weights, _ configuration: Configuration)
}

/// The numbers of a part, as its configuration file gives them.
protocol PartConfiguration: Equatable, Sendable {
  init(_ file: ConfigurationFile) throws
}

extension UNet: CheckpointPart {}
extension UNetConfiguration: PartConfiguration {}
extension VAE: CheckpointPart {}
extension VAEConfiguration: PartConfiguration {}
extension TextEncoder: CheckpointPart {}
extension TextEncoderConfiguration: PartConfiguration {}

/// One part of a checkpoint: what it is like, and where its weights are.
struct PartSource<Part: CheckpointPart>: Sendable {
  /// What the part is called: `unet`.
  let name: String
  /// The file or folder that holds it: what messages name.
  let path: String
  let configuration: Part.Configuration
  /// Opens the weights.
  let archive: @Sendable (LinearPrecision) throws -> WeightArchive

  /// Builds the part and makes sure that every weight it needs is there.
  /// - Parameters:
  ///   - precision: for the layers that bear less than full precision.
  ///   - adapters: what changes the weights when they are read.
  ///   - role: what the part is to adapters.
  func load(
    precision: LinearPrecision = .full, adapters: [AppliedAdapter] = [],
    as role: AdaptedPart = .unet
  ) throws -> Part {
    let (part, archive) = try build(precision: precision)
    try archive.verify()
    guard !adapters.isEmpty else { return part }
    archive.changes = try adapters.changes(of: role, tensors: archive.requestedShapes)
    return Part(Weights(archive), configuration)
  }

  /// Builds the part on whatever weights there are; the archive knows what is missing.
  func build(precision: LinearPrecision = .full) throws -> (part: Part, archive: WeightArchive) {
    let archive = try archive(precision)
    return (Part(Weights(archive), configuration), archive)
  }

  /// Looks through all weights for what made a result no number.
  /// - Throws: `CheckpointError.notFinite` where there is such a weight.
  func verifyFinite() throws {
    let keys = try build().archive.notFinite
    guard keys.isEmpty else { throw CheckpointError.notFinite(path: path, keys: keys) }
  }
}

/// The folder of one part in diffusers' layout: `config.json` and the weights beside it.
struct PartFolder {
  let path: String

  func configuration() throws -> ConfigurationFile {
    try ConfigurationFile(path: "\(path)/config.json")
  }

  /// What the configuration says that the folder holds; nil where there is none, or it does not say.
  var kind: ModelKind? {
    if fileExists("\(path)/model_index.json") { return .checkpoint }
    return (try? configuration()).flatMap { ModelFacts($0).kind }
  }

  /// Makes sure that the folder is not known to hold another kind of model.
  /// - Parameter wanted: what the message calls the kind: `a UNet`.
  /// - Throws: `CheckpointError.otherKind`.
  func requireKind(_ kind: ModelKind, called wanted: String) throws {
    guard let found = self.kind, found != kind else { return }
    throw CheckpointError.otherKind(path: path, expected: wanted, found: found)
  }

  /// The part, whose weights are looked for when they are needed.
  /// - Parameter name: what the part is called; nil for the folder's name.
  func source<Part: CheckpointPart>(
    _ type: Part.Type = Part.self, named name: String? = nil
  ) throws -> PartSource<Part> {
    let path = path
    return PartSource(
      name: name ?? path.split(separator: "/").last.map(String.init) ?? path, path: path,
      configuration: try Part.Configuration(configuration())
    ) { precision in
      try WeightArchive(try WeightFiles(in: path), precision: precision)
    }
  }

  /// Builds the part and makes sure that every weight it needs is there.
  /// - Parameter precision: for the layers that bear less than full precision.
  func load<Part: CheckpointPart>(
    _ type: Part.Type = Part.self, precision: LinearPrecision = .full
  ) throws -> Part {
    try source(type).load(precision: precision)
  }
}
