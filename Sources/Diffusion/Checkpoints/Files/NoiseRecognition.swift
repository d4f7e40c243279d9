import Tensor

/// The noise levels of a model, and how they were known.
public struct RecognizedNoise: Sendable {
  /// The levels, and what the UNet predicts.
  public let configuration: NoiseScheduleConfiguration
  /// How that was known.
  public let evidence: Evidence

  /// What told the prediction.
  public enum Evidence: Hashable, Sendable {
    /// A scheduler's configuration.
    case configuration
    /// A tensor that is there for nothing else.
    case marker(String)
    /// A text in the file's metadata.
    case metadata(key: String)
    /// How far the numbers of a tensor spread: SD 2.1 was trained on in both ways, with the same shapes.
    case weights(key: String)
    /// Nothing: it is as in the family's published models.
    case family
  }
}

extension RecognizedNoise.Evidence: CustomStringConvertible {
  /// In a few words.
  public var description: String {
    switch self {
    case .configuration: "by the scheduler's configuration"
    case .marker(let key): "by the marker `\(key)`"
    case .metadata(let key): "by the metadata `\(key)`"
    case .weights(let key): "by the spread of `\(key)`"
    case .family: "as in all of the family"
    }
  }
}

/// Tensors by which a file in the original layout says how its model was trained. Only their being there counts, and
/// for EDM's, their values.
///
/// Source: `comfy/supported_models.py` of ComfyUI, `SDXL.model_type`.
enum PredictionMarker: String, CaseIterable {
  case velocity = "v_pred"
  case zeroTerminalSNR = "ztsnr"
  case edmMean = "edm_mean"
  case edmDeviation = "edm_std"
  case sigmaMax = "edm_vpred.sigma_max"
  case sigmaMin = "edm_vpred.sigma_min"
}

extension RecognizedNoise {
  /// What a file in the original layout tells of its UNet.
  init(_ file: CheckpointFile, _ unet: UNetConfiguration) {
    var configuration = NoiseScheduleConfiguration()
    // The training step that diffusers adds for SD; its XL configuration has it too.
    configuration.leadingOffset = 1
    let (prediction, evidence) = Self.prediction(file, unet)
    configuration.prediction = prediction
    configuration.rescalesToZeroTerminalSNR = file.has(.zeroTerminalSNR)
    configuration.edm = EDMFormulation(file)
    self.init(configuration: configuration, evidence: evidence)
  }

  private static func prediction(
    _ file: CheckpointFile, _ unet: UNetConfiguration
  ) -> (PredictionType, Evidence) {
    if file.has(.edmMean), file.has(.edmDeviation) {
      return (.epsilon, .marker(PredictionMarker.edmMean.rawValue))
    }
    for marker in [PredictionMarker.sigmaMax, .velocity] where file.has(marker) {
      return (.velocity, .marker(marker.rawValue))
    }
    if let known = ofMetadata(file.file.header.metadata) { return known }
    if ModelFamily(of: unet) == .sd2, unet.inChannels == 4, let known = ofWeights(file, unet) {
      return known
    }
    return (.epsilon, .family)
  }

  /// Source: Stability's ModelSpec, which training tools write into the files' metadata.
  private static func ofMetadata(_ metadata: [String: String]) -> (PredictionType, Evidence)? {
    let key = "modelspec.prediction_type"
    switch metadata[key] {
    case "v", "v_prediction", "v-prediction": return (.velocity, .metadata(key: key))
    case "epsilon", "eps": return (.epsilon, .metadata(key: key))
    default: break
    }
    let architecture = "modelspec.architecture"
    guard metadata[architecture]?.hasPrefix("stable-diffusion-v2-768-v") == true else { return nil }
    return (.velocity, .metadata(key: architecture))
  }

  /// Source: `comfy/supported_models.py` of ComfyUI, `SD20.model_type`: models that predict v have a larger spread.
  private static func ofWeights(
    _ file: CheckpointFile, _ unet: UNetConfiguration
  ) -> (PredictionType, Evidence)? {
    let last = "up_blocks.\(unet.levels.count - 1).attentions.\(unet.levels[0].layers)"
    guard let layout = file.unet else { return nil }
    let key = layout.place(of: "\(last).transformer_blocks.0.norm1.bias").key
    guard let numbers = try? file.file.tensor(key).elements, !numbers.isEmpty else { return nil }
    let mean = numbers.reduce(0, +) / Float(numbers.count)
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(numbers.count)
    return (variance.squareRoot() > 0.09 ? .velocity : .epsilon, .weights(key: key))
  }
}

extension EDMFormulation {
  /// Playground v2.5's levels, or those that a model like CosXL names; nil where the file speaks of none.
  fileprivate init?(_ file: CheckpointFile) {
    self.init()
    if file.has(.edmMean), file.has(.edmDeviation) { return }
    guard let highest = file.number(.sigmaMax) else { return nil }
    sigmaMax = highest
    sigmaMin = file.number(.sigmaMin) ?? sigmaMin
    sigmaData = 1
  }
}

extension CheckpointFile {
  fileprivate func has(_ marker: PredictionMarker) -> Bool {
    file.header.tensors[marker.rawValue] != nil
  }

  /// A marker's value, where it is a level of noise.
  fileprivate func number(_ marker: PredictionMarker) -> Double? {
    let value = (try? file.tensor(marker.rawValue))?.elements.first.map { Double($0) }
    return value.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
  }
}
