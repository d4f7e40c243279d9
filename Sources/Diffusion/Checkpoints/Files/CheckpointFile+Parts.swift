import Tensor

extension CheckpointFile {
  /// The denoiser; nil where the file holds none.
  func unetSource() throws -> PartSource<UNet>? {
    try unet.map { layout in
      try source("unet", layout) { try UNetConfiguration(measuring: $0) }
    }
  }

  /// The autoencoder; nil where the file holds none.
  func vaeSource(_ family: ModelFamily) throws -> PartSource<VAE>? {
    let scaling = try LatentScaling(of: family, in: file)
    return try vae.map { layout in
      try source("vae", layout) { try VAEConfiguration(measuring: $0, scaling) }
    }
  }

  /// The ControlNet; nil where the file holds none.
  /// - Throws: also for one that takes several kinds of hints, or that holds only what it differs in from its UNet.
  func controlNetSource() throws -> PartSource<ControlNet>? {
    guard let layout = controlNet else { return nil }
    for (key, meaning) in [
      ("task_embedding", "of a ControlNet for several tasks"),
      ("difference", "of a difference to a UNet"),
    ] where file.header.tensors[layout.prefix + key] ?? file.header.tensors[key] != nil {
      throw CheckpointError.unsupported(
        path: path, key: key, value: meaning, supported: "take a whole ControlNet for one task")
    }
    return try source("controlnet", layout) { try ControlNetConfiguration(measuring: $0) }
  }

  /// The text encoders, in the order in which their states are put together.
  func encoderSources() throws -> [PartSource<TextEncoder>] {
    try encoders.enumerated().map { index, encoder in
      let name = index == 0 ? "text_encoder" : "text_encoder_\(index + 1)"
      var layout = WeightLayout(prefix: encoder.prefix)
      let isProjected = encoder.role == .openCLIPBigG
      if encoder.isOpenCLIP {
        layout.keys = OpenCLIPKeys(layers: .max, isProjected: isProjected)
      }
      let measured: PartSource<TextEncoder> = try source(name, layout) {
        try TextEncoderConfiguration(
          measuring: $0, as: encoder.role, dropsLast: encoder.isOpenCLIP)
      }
      guard encoder.isOpenCLIP else { return measured }
      layout.keys = OpenCLIPKeys(layers: measured.configuration.layers, isProjected: isProjected)
      return source(name, layout, measured.configuration)
    }
  }

  /// What the file is; nil where it holds no model that is known.
  var kind: ModelKind? {
    if unet != nil { return vae == nil && encoders.isEmpty ? .unet : .checkpoint }
    return ModelFacts(file.header).kind
      ?? (vae != nil ? .vae : encoders.isEmpty ? nil : .textEncoder)
  }

  /// Whether the UNet is that of SDXL's refiner: a pooled text of 1280 and five sizes are added to its time.
  var isRefiner: Bool {
    let key = unet?.place(of: "add_embedding.linear_1.weight").key
    return key.flatMap { file.header.tensors[$0] }?.shape.sizes.last == 1280 + 5 * 256
  }

  /// The keys that belong to no part and are not known to be of no use.
  var leftOver: [String] {
    let prefixes =
      [unet?.prefix, vae?.prefix, controlNet?.prefix].compactMap { $0 } + encoders.map(\.prefix)
    return file.header.tensors.keys.filter { key in
      !prefixes.contains { key.hasPrefix($0) } && !KnownExtras.contains(key)
    }
    .sorted()
  }

  private func source<Part: CheckpointPart>(
    _ name: String, _ layout: WeightLayout, measured: (Weights) throws -> Part.Configuration
  ) throws -> PartSource<Part> {
    source(name, layout, try measured(Weights(archive(layout))))
  }

  private func source<Part: CheckpointPart>(
    _ name: String, _ layout: WeightLayout, _ configuration: Part.Configuration
  ) -> PartSource<Part> {
    PartSource(name: name, path: path, configuration: configuration) { precision in
      archive(layout, precision)
    }
  }

  private func archive(_ layout: WeightLayout, _ precision: LinearPrecision = .full)
    -> WeightArchive
  {
    WeightArchive(
      WeightFiles(name: path, paths: [path]), [file], layout, precision: precision)
  }
}

/// What training tools leave in a checkpoint's file beside the models that are used.
enum KnownExtras {
  static func contains(_ key: String) -> Bool {
    prefixes.contains { key.hasPrefix($0) } || names.contains(key)
      || PredictionMarker.allCases.contains { $0.rawValue == key }
  }

  /// Averaged weights, and the tables of the noise schedule that CompVis' code keeps.
  private static let prefixes = [
    "model_ema.", "posterior_", "alphas_cumprod", "sqrt_", "log_one_minus_alphas_cumprod",
  ]
  private static let names: Set<String> = [
    "betas", "logvar", "lvlb_weights", "scale_factor", "denoiser.sigmas", "global_step",
    "cond_stage_model.logit_scale", "cond_stage_model.text_projection.weight",
    "conditioner.embedders.0.logit_scale", "conditioner.embedders.0.text_projection.weight",
  ]
}
