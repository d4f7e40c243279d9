/// A model and its text encoders with an adapter on them.
public struct AdaptedModel: Sendable {
  /// What was put on.
  let adapter: Adapter
  /// The denoiser.
  public let model: DiffusionModel
  /// The text encoders.
  public let encoders: TextEncoders
  /// The modules of the adapter that the model does not have, as its file spells them.
  public let unmatched: [String]
}

extension Adapter {
  /// Puts the adapter on a model and text encoders. Nothing is copied: weights are changed when they are read.
  /// - Parameters:
  ///   - encoders: nil for those that the model came with.
  ///   - strength: of the changes of the UNet; 0 leaves it as it is.
  ///   - encoderStrength: of the changes of the text encoders.
  /// - Throws: `AdapterError` where it does not fit, and what opening the model throws.
  public func applied(
    to model: DiffusionModel, encoders: TextEncoders? = nil, strength: Double,
    encoderStrength: Double
  ) throws -> AdaptedModel {
    var model = model
    let part = strength == 0 ? [] : [AppliedAdapter(adapter: self, strength: strength)]
    let texts =
      encoderStrength == 0 ? [] : [AppliedAdapter(adapter: self, strength: encoderStrength)]
    model.part = part.reduce(model.part) { $0.adapted(by: $1) }
    let own = model.encoders.map { $0.adapted(by: texts) }
    let encoders = encoders.map { $0.adapted(by: texts) } ?? own
    model.encoders = own
    if changesUNet, !part.isEmpty { _ = try model.unet() }
    if changesText, !texts.isEmpty { _ = try encoders?.encoder() }
    return AdaptedModel(
      adapter: self, model: model, encoders: encoders ?? .absent(model.family),
      unmatched: try unmatched(part: part, texts: encoders == nil ? [] : texts))
  }

  private func unmatched(part: [AppliedAdapter], texts: [AppliedAdapter]) throws -> [String] {
    let wanted = changes.filter { !($0.key.part == .unet ? part : texts).isEmpty }
    let left = wanted.filter { entry in !(part + texts).contains { $0.matches.contains(entry.key) }
    }
    let names = left.values.compactMap { ($0.weight ?? $0.bias)?.module }.sorted()
    if let example = names.first, left.count == wanted.count {
      throw AdapterError.nothingFits(path: path, example: example)
    }
    return names
  }
}

extension TextEncoders {
  fileprivate func adapted(by adapters: [AppliedAdapter]) -> TextEncoders {
    var encoders = self
    encoders.part = adapters.reduce(part) { $0.adapted(by: $1) }
    return encoders
  }

  /// Encoders that are not there, as whoever uses them is told.
  fileprivate static func absent(_ family: ModelFamily) -> TextEncoders {
    TextEncoders(
      family: family, part: AdaptablePart { _ in throw AdapterError.noEncoder }, checks: [])
  }
}
