import Tensor

/// A model and where its weights come from: a folder, or nowhere.
struct BenchmarkModel<Configuration: Sendable, Part: Sendable>: Sendable {
  let configuration: Configuration
  let load: @Sendable () throws -> Part
}

extension BenchmarkModel where Part: CheckpointPart {
  /// A model with random weights.
  static func random(
    _ configuration: Configuration, precision: LinearPrecision = .full,
    _ build: @escaping @Sendable (Weights, Configuration) -> Part
  ) -> BenchmarkModel {
    BenchmarkModel(configuration: configuration) {
      build(.random(precision: precision), configuration)
    }
  }

  /// The model of a folder. Throws `CheckpointError` where its configuration is wrong.
  static func part(
    _ folder: PartFolder, _ read: (ConfigurationFile) throws -> Configuration
  ) throws -> BenchmarkModel {
    BenchmarkModel(configuration: try read(folder.configuration())) { try folder.load() }
  }
}

/// One call of a UNet on latents `[N, side, side, C]`, with a context of 77 tokens.
struct UNetWork: BenchmarkWork {
  let model: BenchmarkModel<UNetConfiguration, UNet>
  let batch, side: Int
  private let tokens = 77

  init(_ model: BenchmarkModel<UNetConfiguration, UNet>, batch: Int, side: Int) {
    (self.model, self.batch, self.side) = (model, batch, side)
  }

  var operations: Int? {
    model.configuration.operations(batch: batch, height: side, width: side, tokens: tokens)
  }

  var inputs: [BenchmarkInput] {
    let configuration = model.configuration
    return [
      BenchmarkInput(name: "latent", shape: [batch, side, side, configuration.inChannels]),
      BenchmarkInput(name: "timestep", shape: [1], elements: [500]),
      BenchmarkInput(name: "context", shape: [batch, tokens, configuration.contextWidth]),
    ] + (configuration.added.map(addedInputs) ?? [])
  }

  /// The pooled text, and six sizes in pixels.
  private func addedInputs(_ added: UNetConfiguration.Added) -> [BenchmarkInput] {
    let sizes = [8 * side, 8 * side, 0, 0, 8 * side, 8 * side].map(Float.init)
    return [
      BenchmarkInput(name: "pooled", shape: [batch, added.inputs - 6 * added.timeWidth]),
      BenchmarkInput(
        name: "sizes", shape: [batch, 6],
        elements: Array(repeatElement(sizes, count: batch).joined())),
    ]
  }

  func prepare() throws -> BenchmarkRun {
    let unet = try model.load()
    let isAdded = model.configuration.added != nil
    return { inputs in
      unet(
        inputs.input("latent"), timestep: inputs.input("timestep").elements[0],
        context: inputs.input("context"),
        added: isAdded
          ? AddedConditioning(pooled: inputs.input("pooled"), timeIDs: inputs.input("sizes")) : nil)
    }
  }
}

/// An autoencoder on a square picture of `side` pixels: a latent to a picture, or a picture to a latent.
struct VAEWork: BenchmarkWork {
  enum Direction { case decoding, encoding }

  let model: BenchmarkModel<VAEConfiguration, VAE>
  let direction: Direction
  let side: Int

  private var latentSide: Int { side >> (model.configuration.channels.count - 1) }

  var operations: Int? {
    switch direction {
    case .decoding:
      model.configuration.decodingOperations(height: latentSide, width: latentSide)
    case .encoding: model.configuration.encodingOperations(height: side, width: side)
    }
  }

  var inputs: [BenchmarkInput] {
    switch direction {
    case .decoding:
      [
        BenchmarkInput(
          name: "latent", shape: [1, latentSide, latentSide, model.configuration.latentChannels])
      ]
    case .encoding: [BenchmarkInput(name: "picture", shape: [1, side, side, 3])]
    }
  }

  func prepare() throws -> BenchmarkRun {
    let vae = try model.load()
    return switch direction {
    case .decoding: { vae.decode($0.input("latent")) }
    case .encoding: { vae.encode($0.input("picture")) }
    }
  }
}

/// A text encoder on as many tokens as it has positions, up to the states after its last layer, `[1, L, C]`.
struct TextEncoderWork: BenchmarkWork {
  let model: BenchmarkModel<TextEncoderConfiguration, TextEncoder>

  private var length: Int { model.configuration.positions }

  var operations: Int? { model.configuration.operations(tokens: length) }

  /// Words that are all different, as many as there are, and the end.
  var inputs: [BenchmarkInput] {
    let vocabulary = model.configuration.vocabulary
    let words = (1..<length).map { Float(($0 * 7919) % (vocabulary - 2)) }
    return [
      BenchmarkInput(name: "tokens", shape: [length], elements: words + [Float(vocabulary - 1)])
    ]
  }

  func prepare() throws -> BenchmarkRun {
    let encoder = try model.load()
    let known = 0..<model.configuration.vocabulary
    return { inputs in
      let tokens = inputs.input("tokens").elements.map {
        min(max(Int($0), known.lowerBound), known.upperBound - 1)
      }
      return encoder(tokens).last
    }
  }
}
