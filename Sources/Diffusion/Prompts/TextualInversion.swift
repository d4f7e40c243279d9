import Tensor

/// Vectors that stand for what no word says (Gal et al., "An Image is Worth One Word: Personalizing Text-to-Image
/// Generation using Textual Inversion", 2022). In a prompt, `embedding:name` is replaced by them.
public struct TextualInversion: Sendable {
  /// What prompts call it.
  public let name: String
  /// The vectors for each of the model's encoders, `[n, C]`.
  let vectors: [Tensor]
  private let path: String

  /// Reads a file's vectors.
  /// - Throws: `TextualInversionError` where it holds no embedding, `SafetensorsError` where it is no safetensors file.
  public init(opening path: String, name: String) throws {
    let file = try SafetensorsFile(path: path)
    let header = try TextualInversionHeader(file.header, path: path)
    self.name = name
    self.path = path
    vectors = try zip(header.keys, header.widths).map { key, width in
      let stored = try file.stored(key)
      guard stored.isFinite else { throw TextualInversionError.notFinite(path: path, key: key) }
      let tensor = stored.read()
      return tensor.reshaped(to: [tensor.shape.count / width, width])
    }
  }

  /// Throws `TextualInversionError.widths` where the vectors are not of the encoders' widths.
  func verify(for encoder: PromptEncoder) throws(TextualInversionError) {
    let widths = encoder.branches.map(\.encoder.configuration.width)
    let found = vectors.map { $0.shape[1] }
    guard widths == found else {
      throw TextualInversionError.widths(path: path, expected: widths, found: found)
    }
  }
}

/// What the header alone says of an embedding's file.
public struct TextualInversionHeader: Sendable {
  /// The tensors with the vectors, one for each encoder: `[n, C]`, or one vector alone, `[C]`.
  let keys: [String]
  /// Of the vectors, for each encoder.
  let widths: [Int]

  /// Reads a file's header. Throws as `TextualInversion` does.
  public init(of path: String) throws {
    try self.init(SafetensorsFile(path: path).header, path: path)
  }

  /// Recognises `clip_l` and `clip_g`, of SDXL; else `emb_params`, as AUTOMATIC1111 and kohya write; else the one tensor
  /// there is, which diffusers names after the word that it stands for.
  init(_ header: SafetensorsHeader, path: String) throws(TextualInversionError) {
    let tensors = header.tensors
    keys =
      if tensors["clip_l"] != nil, tensors["clip_g"] != nil {
        ["clip_l", "clip_g"]
      } else if tensors["emb_params"] != nil {
        ["emb_params"]
      } else {
        Array(tensors.keys)
      }
    let shapes = keys.compactMap { tensors[$0] }.filter { $0.dtype.holdsWeights }
      .map(\.shape.sizes)
    widths = shapes.filter { (1...2).contains($0.count) && !$0.contains(0) }.compactMap(\.last)
    guard widths.count == keys.count, keys.count == 1 || keys == ["clip_l", "clip_g"] else {
      throw TextualInversionError.noEmbedding(path: path, keys: tensors.keys.sorted())
    }
  }

  /// The family whose published models have encoders of these widths; nil where none has.
  public var family: ModelFamily? {
    ModelFamily.allCases.first { $0.publishedEncoders.map(\.width) == widths }
  }
}

extension ModelFamily {
  /// The text encoders of the published models.
  fileprivate var publishedEncoders: [TextEncoderConfiguration] {
    switch self {
    case .sd1: [.clipL]
    case .sd2: [.openCLIPH]
    case .sdxl: [.clipL, .openCLIPBigG]
    }
  }
}
