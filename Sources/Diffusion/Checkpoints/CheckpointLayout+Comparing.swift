extension CheckpointHeader {
  /// Makes sure that the headers of the files list every tensor that the model needs, of its shape.
  /// - Throws: `CheckpointError`, or `SafetensorsError` where a file is broken.
  public func verifyWeights() throws {
    for encoder in layout.encoders { try encoder.build().archive.verify() }
    try layout.unet.build().archive.verify()
    try layout.vae.build().archive.verify()
  }
}

extension CheckpointLayout {
  /// Makes sure that the parts are of one model. Throws `CheckpointError.disagreement`.
  func compare() throws {
    try compareWidths()
    try compareAdded()
    let latents = (unet.configuration.outChannels, vae.configuration.latentChannels)
    guard latents.0 == latents.1 else {
      throw disagreement(
        "the UNet puts out \(latents.0) channels, but the autoencoder's latents have \(latents.1)")
    }
  }

  private func compareWidths() throws {
    let width = encoders.reduce(0) { $0 + $1.configuration.width }
    let contextWidth = unet.configuration.contextWidth
    guard width == contextWidth else {
      throw disagreement(
        "the text encoders are \(width) wide together, but the UNet takes \(contextWidth)")
    }
  }

  private func compareAdded() throws {
    guard (unet.configuration.added != nil) == (encoders.count > 1) else {
      throw disagreement(
        "a UNet with `addition_embed_type` needs a second text encoder, and only it does")
    }
    guard let added = unet.configuration.added, let last = encoders.last?.configuration else {
      return
    }
    let pooled = last.projection ?? last.width
    guard added.inputs == pooled + sizeCount * added.timeWidth else {
      throw disagreement(
        "a pooled text of \(pooled) and \(sizeCount) sizes of \(added.timeWidth) do not make the UNet's "
          + "`projection_class_embeddings_input_dim` of \(added.inputs)")
    }
  }
}

/// SDXL is told six sizes.
private let sizeCount = 6
