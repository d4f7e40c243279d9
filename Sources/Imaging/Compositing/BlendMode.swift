/// How a picture's colour mixes with what is behind it, channel by channel: W3C, "Compositing and Blending Level
/// 1", section 9.1; `add` and `subtract` are the sum and the difference, cut off at 0 and 1.
public enum BlendMode: String, Sendable, CaseIterable {
  case normal, multiply, screen, overlay
  case softLight = "soft-light"
  case hardLight = "hard-light"
  case darken, lighten, difference, add, subtract

  /// The mixed channel of what is behind and what is in front, both from 0 to 1.
  public func callAsFunction(_ backdrop: Float, _ source: Float) -> Float {
    switch self {
    case .normal: source
    case .multiply: backdrop * source
    case .screen: backdrop + source - backdrop * source
    case .overlay: Self.hardLit(source, by: backdrop)
    case .hardLight: Self.hardLit(backdrop, by: source)
    case .softLight: Self.softLit(backdrop, by: source)
    case .darken: min(backdrop, source)
    case .lighten: max(backdrop, source)
    case .difference: abs(backdrop - source)
    case .add: min(backdrop + source, 1)
    case .subtract: max(backdrop - source, 0)
    }
  }

  private static func hardLit(_ backdrop: Float, by source: Float) -> Float {
    source <= 0.5
      ? BlendMode.multiply(backdrop, 2 * source) : BlendMode.screen(backdrop, 2 * source - 1)
  }

  private static func softLit(_ backdrop: Float, by source: Float) -> Float {
    guard source > 0.5 else {
      return backdrop - (1 - 2 * source) * backdrop * (1 - backdrop)
    }
    let curve =
      backdrop <= 0.25
      ? ((16 * backdrop - 12) * backdrop + 4) * backdrop : backdrop.squareRoot()
    return backdrop + (2 * source - 1) * (curve - backdrop)
  }
}
