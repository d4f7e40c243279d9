extension BenchmarkUnit {
  /// All units that need no model on the disk but the one that comes with the program.
  ///
  /// - Parameter embeddedModel: its folder; nil leaves its pipeline out.
  /// - Throws: `CheckpointError` where that model's configurations are wrong.
  public static func all(embeddedModel: String?) throws -> [BenchmarkUnit] {
    let pipelines = try embeddedModel.map {
      [BenchmarkUnit(name: "portrait", group: .pipeline, work: try PortraitWork(path: $0))]
    }
    return kernels + blocks + models + (pipelines ?? [])
  }

  /// The units of a model's folder in diffusers' layout, one or more for each part that is there.
  ///
  /// - Throws: `CheckpointError` where a configuration is wrong, or where there is no part at all.
  public static func all(ofModel path: String) throws -> [BenchmarkUnit] {
    let parts: [(String, (PartFolder, String) throws -> [BenchmarkUnit])] = [
      ("text_encoder", textEncoders), ("text_encoder_2", textEncoders), ("unet", unets),
      ("vae", autoencoders),
    ]
    let units = try parts.flatMap { name, units in
      let folder = "\(path)/\(name)"
      guard fileExists("\(folder)/config.json") else { return [] as [BenchmarkUnit] }
      return try units(
        PartFolder(path: folder), name.replacing("_", with: "-"))
    }
    guard !units.isEmpty else {
      throw CheckpointError.missing(
        path: "\(path)/unet/config.json", hint: "a model is a folder in diffusers' layout")
    }
    return units
  }

  private static let blocks = [
    BenchmarkUnit(
      name: "resnet-2x64x64x320-320", group: .block,
      work: ResnetWork(batch: 2, height: 64, width: 64, inputChannels: 320, outputChannels: 320)),
    BenchmarkUnit(
      name: "resnet-2x32x32x1280-640", group: .block,
      work: ResnetWork(batch: 2, height: 32, width: 32, inputChannels: 1280, outputChannels: 640)),
    BenchmarkUnit(
      name: "transformer-2x4096x320", group: .block,
      work: TransformerWork(batch: 2, pixels: 4096, width: 320, heads: 8, contextWidth: 768)),
    BenchmarkUnit(
      name: "transformer-1x1024x1280", group: .block,
      work: TransformerWork(batch: 1, pixels: 1024, width: 1280, heads: 20, contextWidth: 2048)),
  ]

  private static let models =
    [
      textEncoder("clip-l", .random(.clipL, TextEncoder.init)),
      textEncoder("open-clip-h", .random(.openCLIPH, TextEncoder.init)),
      textEncoder("open-clip-bigg", .random(.openCLIPBigG, TextEncoder.init)),
      unet("sd15-unet", .random(.stableDiffusion15, UNet.init), batch: 2, side: 64),
    ]
    + [96, 128, 160].map {
      unet("sd15-unet-\($0)", .random(.stableDiffusion15, UNet.init), batch: 2, side: $0)
    }
    + [
      unet("sd21-unet", .random(.stableDiffusion21, UNet.init), batch: 2, side: 64),
      unet("sdxl-unet", .random(.stableDiffusionXL, UNet.init), batch: 1, side: 128),
      unet(
        "sd15-unet-int8", .random(.stableDiffusion15, precision: .int8, UNet.init), batch: 2,
        side: 64),
      unet(
        "sdxl-unet-int8", .random(.stableDiffusionXL, precision: .int8, UNet.init), batch: 1,
        side: 128),
    ] + autoencoders("vae", .random(.stableDiffusion, VAE.init))

  private static func textEncoder(
    _ name: String, _ model: BenchmarkModel<TextEncoderConfiguration, TextEncoder>
  ) -> BenchmarkUnit {
    BenchmarkUnit(name: name, group: .model, work: TextEncoderWork(model: model))
  }

  private static func unet(
    _ name: String, _ model: BenchmarkModel<UNetConfiguration, UNet>, batch: Int, side: Int
  ) -> BenchmarkUnit {
    BenchmarkUnit(
      name: name, group: .model, work: UNetWork(model, batch: batch, side: side))
  }

  private static func autoencoders(
    _ name: String, _ model: BenchmarkModel<VAEConfiguration, VAE>
  ) -> [BenchmarkUnit] {
    let works: [(String, VAEWork.Direction, Int)] = [
      ("decode", .decoding, 512), ("decode", .decoding, 1024), ("decode", .decoding, 2048),
      ("encode", .encoding, 512),
    ]
    return works.map { word, direction, side in
      BenchmarkUnit(
        name: "\(name)-\(word)-\(side)", group: .model,
        work: VAEWork(model: model, direction: direction, side: side))
    }
  }

  // MARK: - The parts of a folder

  private static func textEncoders(_ part: PartFolder, name: String) throws -> [BenchmarkUnit] {
    [textEncoder(name, try .part(part, TextEncoderConfiguration.init))]
  }

  /// As the family is mostly called: SDXL on one large latent, the others with guidance, on two small ones.
  private static func unets(_ part: PartFolder, name: String) throws -> [BenchmarkUnit] {
    let model = try BenchmarkModel<UNetConfiguration, UNet>.part(part, UNetConfiguration.init(_:))
    let isXL = ModelFamily(of: model.configuration) == .sdxl
    return [unet(name, model, batch: isXL ? 1 : 2, side: isXL ? 128 : 64)]
  }

  private static func autoencoders(_ part: PartFolder, name: String) throws -> [BenchmarkUnit] {
    autoencoders(name, try .part(part, VAEConfiguration.init))
  }
}
