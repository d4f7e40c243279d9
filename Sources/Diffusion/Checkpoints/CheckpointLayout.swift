/// Where the parts of a checkpoint are, and what they are like.
struct CheckpointLayout: Sendable {
  /// The model's folder or file, as it was named.
  let path: String
  let unet: PartSource<UNet>
  let vae: PartSource<VAE>
  /// One for SD 1.x and 2.x; two for SDXL.
  let encoders: [PartSource<TextEncoder>]
  let tokenizers: [TokenizerSource]
  let noise: RecognizedNoise
  let preview: LatentPreview?
  let forcesZerosForEmptyPrompt: Bool
  /// The tensors that belong to no part, and are not known to be of no use.
  let leftOver: [String]

  /// - Parameter path: a folder in diffusers' layout, one of Hugging Face's cache that holds such a folder, or a
  ///   safetensors file.
  init(_ path: String) throws {
    if isFile(path) {
      try self.init(CheckpointFile(path: path))
    } else {
      try self.init(folder: CachedRepository.snapshot(of: path) ?? path, named: path)
    }
  }

  func disagreement(_ reason: String) -> CheckpointError {
    .disagreement(path: path, reason: reason)
  }
}

extension CheckpointLayout {
  /// A folder, by its `model_index.json`.
  private init(folder: String, named path: String) throws {
    if !fileExists("\(folder)/model_index.json") {
      try PartFolder(path: folder).requireKind(.checkpoint, called: "a whole checkpoint")
    }
    let index = try ConfigurationFile(
      path: "\(folder)/model_index.json",
      hint: "a model is a folder in diffusers' layout, or a safetensors file")
    let names = ["text_encoder", "text_encoder_2"].filter { index.namesPart($0) }
    guard names.first == "text_encoder" else {
      throw index.wrong("text_encoder", mustBe: "a text encoder")
    }
    let vaeFolder = PartFolder(path: "\(folder)/vae")
    let scheduler = try ConfigurationFile(path: "\(folder)/scheduler/scheduler_config.json")
    self.path = path
    unet = try PartFolder(path: "\(folder)/unet").source()
    vae = try vaeFolder.source()
    encoders = try names.map { try PartFolder(path: "\(folder)/\($0)").source() }
    tokenizers = names.map {
      .folder("\(folder)/" + ($0 == "text_encoder" ? "tokenizer" : "tokenizer_2"))
    }
    noise = RecognizedNoise(
      configuration: try NoiseScheduleConfiguration(scheduler), evidence: .configuration)
    preview = try LatentPreview(
      vaeFolder.configuration(), family: ModelFamily(of: unet.configuration),
      channels: vae.configuration.latentChannels)
    forcesZerosForEmptyPrompt = try index.flag("force_zeros_for_empty_prompt", default: false)
    leftOver = []
  }

  /// One file with all parts. SDXL was trained with zeros where there was no prompt, which diffusers assumes of such
  /// files too.
  private init(_ file: CheckpointFile) throws {
    guard !file.isRefiner else { throw CheckpointError.refiner(path: file.path) }
    let kind = file.kind
    guard kind == .checkpoint, let unet = try file.unetSource() else {
      throw CheckpointError.otherKind(path: file.path, expected: "a whole checkpoint", found: kind)
    }
    let family = ModelFamily(of: unet.configuration)
    guard let vae = try file.vaeSource(family) else {
      throw CheckpointError.lacksPart(path: file.path, part: "autoencoder", node: "load-vae")
    }
    guard !file.encoders.isEmpty else {
      throw CheckpointError.lacksPart(
        path: file.path, part: "text encoder", node: "load-text-encoder")
    }
    path = file.path
    (self.unet, self.vae) = (unet, vae)
    encoders = try file.encoderSources()
    tokenizers = file.encoders.map { .published(padsWithZero: $0.role.padsWithZero) }
    noise = RecognizedNoise(file, unet.configuration)
    preview = LatentPreview(family: family, channels: vae.configuration.latentChannels)
    forcesZerosForEmptyPrompt = family == .sdxl
    leftOver = file.leftOver
  }
}

extension ConfigurationFile {
  /// The index gives library and class of each part; both are null where the pipeline is without it.
  fileprivate func namesPart(_ part: String) -> Bool {
    self[part]?.list?.contains { $0 != .null } ?? false
  }
}
