import Tensor

/// A model as its headers show it, part by part, without reading a weight.
public struct CheckpointDescription: Sendable {
  /// The model's folder or file.
  public let path: String
  /// What it is: a whole checkpoint, a part, or something else.
  public let kind: ModelKind?
  /// What configurations and shapes say of a whole checkpoint; nil for other kinds.
  public let header: CheckpointHeader?
  /// Which models it is, or is for; nil where that cannot be told.
  public let family: ModelFamily?
  /// The text encoders, the UNet and the autoencoder, those that there are.
  public let parts: [Part]
  /// The keys of a single file that belong to no part.
  public let leftOver: [String]

  /// One part with weights.
  public struct Part: Sendable {
    /// What it is called in diffusers' folders: `unet`.
    public let name: String
    /// What was found, or why the part cannot be looked into.
    public let contents: Result<Contents, any Error>
  }

  /// The tensors of a part, held against those that its configuration calls for.
  public struct Contents: Sendable {
    /// The safetensors files.
    public let files: [String]
    /// How many tensors the files hold.
    public let tensorCount: Int
    /// How many numbers the tensors hold together.
    public let parameterCount: Int
    /// The size of the weights on disk.
    public let byteCount: Int
    /// How many tensors are of each type.
    public let types: [DType: Int]
    /// What is missing, of a wrong shape or of a wrong type.
    public let problems: [WeightProblem]
    /// The keys that the model does not use.
    public let leftOver: [String]
  }

  /// - Throws: `CheckpointError` where a configuration is wrong or the file is a pickle, `SafetensorsError` where a
  ///   single file is broken. Wrong weights are described instead.
  public init(of path: String) throws {
    if isFile(path) {
      let file = try CheckpointFile(path: path)
      let kind = file.kind
      guard kind == .checkpoint else {
        try self.init(file, kind)
        return
      }
    } else if let source = try Self.controlNet(path) {
      self.init(source, of: path)
      return
    }
    self.init(try CheckpointHeader(of: path))
  }

  private init(_ header: CheckpointHeader) {
    let layout = header.layout
    path = header.path
    kind = .checkpoint
    self.header = header
    family = header.family
    parts = layout.encoders.map { Part($0) } + [Part(layout.unet), Part(layout.vae)]
    leftOver = layout.leftOver
  }

  /// A ControlNet's folder.
  private init(_ source: PartSource<ControlNet>, of path: String) {
    self.path = path
    kind = .controlnet
    header = nil
    family = ModelFamily(of: source.configuration.trunk)
    parts = [Part(source)]
    leftOver = []
  }

  /// The ControlNet that a folder is of; nil for any other folder.
  private static func controlNet(_ path: String) throws -> PartSource<ControlNet>? {
    let folder = CachedRepository.snapshot(of: path) ?? path
    let part = PartFolder(path: folder)
    return part.kind == .controlnet ? try part.source(named: "controlnet") : nil
  }

  /// A file that is not a whole checkpoint.
  private init(_ file: CheckpointFile, _ kind: ModelKind?) throws {
    let isPart = [.unet, .vae, .textEncoder, .controlnet].contains(kind)
    let facts = ModelFacts(file.file.header)
    let unet = isPart ? try file.unetSource() : nil
    // The shapes of all families' autoencoders are the same.
    let vae = isPart ? try file.vaeSource(.sd1) : nil
    let controlNet = isPart ? try file.controlNetSource() : nil
    path = file.path
    self.kind = kind
    header = nil
    let trunk = unet?.configuration ?? controlNet?.configuration.trunk
    family = trunk.map { ModelFamily(of: $0) } ?? facts.family
    parts =
      try (isPart ? file.encoderSources().map { Part($0) } : [])
      + (unet.map { [Part($0)] } ?? []) + (vae.map { [Part($0)] } ?? [])
      + (controlNet.map { [Part($0)] } ?? [])
    leftOver = isPart ? file.leftOver : []
  }
}

extension CheckpointDescription.Part {
  fileprivate init(_ source: PartSource<some CheckpointPart>) {
    name = source.name
    contents = Result { CheckpointDescription.Contents(try source.build().archive) }
  }
}

extension CheckpointDescription.Contents {
  fileprivate init(_ archive: WeightArchive) {
    let entries = archive.entries.values
    files = archive.files.paths
    tensorCount = entries.count
    parameterCount = entries.reduce(0) { $0 + $1.shape.count }
    byteCount = entries.reduce(0) { $0 + $1.range.count }
    types = entries.reduce(into: [:]) { $0[$1.dtype, default: 0] += 1 }
    problems = archive.problems
    leftOver = archive.leftOver
  }
}
