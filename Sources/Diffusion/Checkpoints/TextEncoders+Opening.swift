import Tensor

extension TextEncoders {
  /// Opens text encoders: each path is an encoder's folder in diffusers' layout, a file that holds one or more, alone
  /// or with other parts, or a whole model's folder.
  ///
  /// One CLIP ViT-L makes the encoder of SD 1.x, one OpenCLIP ViT-H that of SD 2.x, and a ViT-L with a ViT-bigG those
  /// of SDXL, in any order.
  /// - Throws: `CheckpointError` or `SafetensorsError` where one is missing, broken, something else, or where together
  ///   they are those of no family.
  public init(opening paths: [String]) throws {
    let found = try paths.flatMap { try OpenedEncoder.all(at: $0) }
    let sorted = found.sorted { $0.source.configuration.width < $1.source.configuration.width }
    let family: ModelFamily
    switch sorted.map(\.role) {
    case [.clipL]: family = .sd1
    case [.openCLIPH]: family = .sd2
    case [.clipL, .openCLIPBigG]: family = .sdxl
    default:
      throw CheckpointError.disagreement(
        path: paths.joined(separator: ", "),
        reason:
          "the text encoders are \(sorted.map(\.role.description).joined(separator: " and ")); "
          + "SD 1.x takes a CLIP ViT-L, SD 2.x an OpenCLIP ViT-H, SDXL a CLIP ViT-L with a ViT-bigG"
      )
    }
    for encoder in sorted { try encoder.source.build().archive.verify() }
    self.init(
      family: family, sorted.map(\.tokenizer), sorted.map(\.source),
      of: paths.joined(separator: ", "), forcesZerosForEmptyPrompt: family == .sdxl)
  }
}

/// A text encoder that was found somewhere.
private struct OpenedEncoder {
  let role: TextEncoderRole
  let tokenizer: TokenizerSource
  let source: PartSource<TextEncoder>

  static func all(at path: String) throws -> [OpenedEncoder] {
    guard isFile(path) else { return try folders(path) }
    let file = try CheckpointFile(path: path)
    guard !file.encoders.isEmpty else {
      throw CheckpointError.otherKind(
        path: path, expected: "a text encoder", found: file.kind)
    }
    return zip(file.encoders, try file.encoderSources()).map { encoder, source in
      OpenedEncoder(
        role: encoder.role, tokenizer: .published(padsWithZero: encoder.role.padsWithZero),
        source: source)
    }
  }

  /// A whole model's folder, or that of one encoder.
  private static func folders(_ path: String) throws -> [OpenedEncoder] {
    let root = CachedRepository.snapshot(of: path) ?? path
    let inside = ["text_encoder", "text_encoder_2"].map { "\(root)/\($0)" }.filter(isFolder)
    return try (inside.isEmpty ? [root] : inside).map { folder in
      let source: PartSource<TextEncoder> = try PartFolder(path: folder).source()
      let role = TextEncoderRole(source.configuration)
      // In a whole model's folder `tokenizer_2` stands beside `text_encoder_2`; nothing outside the folder counts.
      let tokenizer: TokenizerSource =
        inside.isEmpty
        ? .published(padsWithZero: role.padsWithZero)
        : .folder(folder.replacing("/text_encoder", with: "/tokenizer"))
      return OpenedEncoder(role: role, tokenizer: tokenizer, source: source)
    }
  }
}
