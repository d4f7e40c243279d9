import FoundationEssentials

/// How much larger or smaller than its tensors an adapter's changes are: alpha over the rank.
///
/// kohya's programs and LyCORIS write alpha beside each module. PEFT writes it into `adapter_config.json`, diffusers
/// the same as text into the file, where each name begins with the part of the model.
struct AdapterScaling: Sendable {
  private let values: [String: JSONValue]

  /// - Parameter json: a configuration of PEFT's; nil, or what is none, says nothing.
  init(json: Data?) {
    values = json.flatMap { try? JSONDecoder().decode([String: JSONValue].self, from: $0) } ?? [:]
  }

  /// - Parameters:
  ///   - module: as the file spells it.
  ///   - alpha: that is written beside the module.
  ///   - rank: nil where the change is as large as it is.
  func scale(of module: String, part: AdaptedPart, alpha: Float?, rank: Int?) throws -> Float {
    if let alpha { return rank.map { alpha / Float($0) } ?? 1 }
    guard let alpha = configuredAlpha(module, part),
      let rank = rank ?? value("r", part)?.integer, rank > 0
    else { return 1 }
    let isStabilized = value("use_rslora", part)?.flag ?? false
    return Float(alpha / (isStabilized ? Double(rank).squareRoot() : Double(rank)))
  }

  private func configuredAlpha(_ module: String, _ part: AdaptedPart) -> Double? {
    let patterns = value("alpha_pattern", part)?.object ?? [:]
    let matching = patterns.keys.sorted().first { Self.matches($0, module) }
    return matching.flatMap { patterns[$0]?.number }
      ?? (value("lora_alpha", part) ?? value("alpha", part))?.number
  }

  /// PEFT's rule: a pattern is a regular expression for the end of a module's key, from a dot on.
  private static func matches(_ pattern: String, _ module: String) -> Bool {
    guard let expression = try? Regex("(.*\\.)?(\(pattern))") else { return false }
    return (try? expression.wholeMatch(in: module)) != nil
  }

  private func value(_ key: String, _ part: AdaptedPart) -> JSONValue? {
    let prefix =
      switch part {
      case .unet: "unet"
      case .textEncoder(0): "text_encoder"
      case .textEncoder: "text_encoder_2"
      }
    return values["\(prefix).\(key)"] ?? values[key]
  }
}
