import Tensor

/// The files of a tiny autoencoder: a folder of diffusers, a file of its layout, or the original `taesd_decoder` and
/// `taesd_encoder`, alone, side by side or in one file under these names.
struct TinyAutoencoderFiles: Sendable {
  /// An encoder or a decoder in a file.
  struct Half: Sendable {
    let path: String
    let entries: [String: SafetensorsHeader.Entry]
    /// What stands before the layers' numbers.
    let prefix: String
    /// What the file's numbers are beyond those of diffusers: original decoders count the bend of the latent.
    let offset: Int
  }

  let path: String
  let encoder, decoder: Half?
  let configuration: TinyAutoencoderConfiguration

  /// Nil where the path is that of something else.
  /// - Throws: `SafetensorsError` or `CheckpointError` where a file is broken.
  init?(at path: String) throws {
    guard let source = try Self.source(at: path) else { return nil }
    let file = source.file
    let partner = Self.partner(of: file)
    guard let own = try Self.halves(of: file) else { return nil }
    let other = try partner.flatMap(Self.halves)
    self.path = path
    encoder = own.encoder ?? other?.encoder
    decoder = own.decoder ?? other?.decoder
    configuration =
      source.configuration ?? TinyAutoencoderConfiguration(encoder: encoder, decoder: decoder)
  }

  /// The model on these files. Throws `CheckpointError` where a tensor is missing or of another shape.
  func load() throws -> TinyAutoencoder {
    TinyAutoencoder(
      encoder: try encoder.map { try $0.load(configuration.encoderLayers) },
      decoder: try decoder.map { try $0.load(configuration.decoderLayers) }, configuration,
      path: path)
  }

  /// Looks through all weights for what made a result no number. Throws `CheckpointError`.
  func verifyFinite() throws {
    let encoder = try encoder?.build(configuration.encoderLayers).archive.notFinite ?? []
    let decoder = try decoder?.build(configuration.decoderLayers).archive.notFinite ?? []
    guard encoder.isEmpty, decoder.isEmpty else {
      throw CheckpointError.notFinite(path: path, keys: encoder + decoder)
    }
  }

  /// The file of weights, and in diffusers' folders what its configuration says; nil for other folders.
  private static func source(
    at path: String
  ) throws -> (file: String, configuration: TinyAutoencoderConfiguration?)? {
    guard fileExists("\(path)/config.json") else {
      return isFile(path) ? (path, nil) : nil
    }
    let configuration = try ConfigurationFile(path: "\(path)/config.json")
    guard configuration["_class_name"]?.text == "AutoencoderTiny" else { return nil }
    let files = try WeightFiles(in: path)
    return (files.paths[0], try TinyAutoencoderConfiguration(configuration))
  }

  /// The other half, where the name says which half a file is.
  private static func partner(of path: String) -> String? {
    guard let slash = path.lastIndex(of: "/") ?? path.indices.first else { return nil }
    let (folder, name) = (path[..<slash], path[slash...])
    let other =
      name.contains("decoder")
      ? name.replacing("decoder", with: "encoder") : name.replacing("encoder", with: "decoder")
    let partner = "\(folder)\(other)"
    return partner != path && fileExists(partner) ? partner : nil
  }

  /// Nil for a file of something else.
  private static func halves(of path: String) throws -> (encoder: Half?, decoder: Half?)? {
    try ModelFileFormat.refusePickle(path)
    let entries = try SafetensorsFile(path: path).header.tensors
    func half(_ prefixes: [(String, Int)], block: Int) -> Half? {
      prefixes.lazy.map { Half(path: path, entries: entries, prefix: $0, offset: $1) }
        .first { $0.has("\($0.offset).weight") && $0.isBlock($0.offset + block) }
    }
    let encoder = half([("encoder.layers.", 0), ("taesd_encoder.", 0), ("", 0)], block: 1)
    let decoder = half([("decoder.layers.", 0), ("taesd_decoder.", 1), ("", 1)], block: 2)
    return encoder == nil && decoder == nil ? nil : (encoder, decoder)
  }
}

extension TinyAutoencoderFiles.Half {
  func has(_ name: String) -> Bool { entries[prefix + name] != nil }

  /// Whether a layer, by the file's number, is a block.
  func isBlock(_ index: Int) -> Bool { has("\(index).conv.0.weight") }

  /// The shape of the first convolution, `[outputs, inputs, 3, 3]`.
  var firstShape: Shape? { entries["\(prefix)\(offset).weight"]?.shape }

  /// How many blocks follow each other on each level.
  ///
  /// - Parameters:
  ///   - first: the first block, by diffusers' number.
  ///   - gap: how many layers there are between the blocks of two levels.
  func blockCounts(from first: Int, gap: Int) -> [Int] {
    var (counts, index) = ([0], first + offset)
    while true {
      while isBlock(index) {
        counts[counts.count - 1] += 1
        index += 1
      }
      guard isBlock(index + gap) else { return counts }
      counts.append(0)
      index += gap
    }
  }

  fileprivate func load(_ layers: [(index: Int, layer: TinyStack.Layer)]) throws -> TinyStack {
    let (stack, archive) = try build(layers)
    try archive.verify()
    return stack
  }

  /// On whatever weights there are; the archive knows what is missing.
  fileprivate func build(
    _ layers: [(index: Int, layer: TinyStack.Layer)]
  ) throws -> (stack: TinyStack, archive: WeightArchive) {
    let archive = try WeightArchive(WeightFiles(name: path, paths: [path]))
    let weights = prefix.split(separator: ".").reduce(Weights(archive)) { $0[String($1)] }
    return (TinyStack(weights, layers.map { ($0.index + offset, $0.layer) }), archive)
  }
}

extension TinyAutoencoderConfiguration {
  /// Measured in files that come without a configuration.
  fileprivate init(
    encoder: TinyAutoencoderFiles.Half?, decoder: TinyAutoencoderFiles.Half?
  ) {
    let published = Self.published
    let shape = decoder?.firstShape?.sizes ?? []
    latentChannels = shape.count > 1 ? shape[1] : published.latentChannels
    channels = (decoder ?? encoder)?.firstShape?.sizes.first ?? published.channels
    encoderBlocks = encoder?.blockCounts(from: 1, gap: 1) ?? published.encoderBlocks
    decoderBlocks = decoder?.blockCounts(from: 2, gap: 2) ?? published.decoderBlocks
    scalingFactor = published.scalingFactor
  }
}

extension Autoencoder {
  /// A tiny autoencoder.
  init(family: ModelFamily, _ files: TinyAutoencoderFiles) {
    let check = ResultCheck(path: files.path) { try files.verifyFinite() }
    self.init(family: family, check: check) { try files.load() }
  }
}
