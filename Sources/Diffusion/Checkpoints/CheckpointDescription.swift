import Tensor

/// A checkpoint as its headers show it, part by part, without reading a weight.
public struct CheckpointDescription: Sendable {
  /// What the configurations say.
  public let header: CheckpointHeader
  /// The text encoders, the UNet and the autoencoder.
  public let parts: [Part]

  /// One part with weights.
  public struct Part: Sendable {
    /// The folder's name: `unet`.
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

  /// - Throws: `CheckpointError` where a configuration is wrong. Wrong weights are described instead.
  public init(of path: String) throws {
    header = try CheckpointHeader(of: path)
    let layout = header.layout
    parts =
      layout.encoders.map { Part($0, as: TextEncoder.self) }
      + [Part(layout.unet, as: UNet.self), Part(layout.vae, as: VAE.self)]
  }
}

extension CheckpointDescription.Part {
  fileprivate init(_ folder: PartFolder, as type: (some CheckpointPart).Type) {
    name = folder.path.split(separator: "/").last.map(String.init) ?? folder.path
    contents = Result { CheckpointDescription.Contents(try folder.build(type).archive) }
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
