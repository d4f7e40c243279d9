import Tensor

/// A ControlNet that cannot be used with a model, or not for a picture of this size.
public enum ControlError: Error, Equatable, Sendable {
  /// It was made for models with other blocks: the channels of what is kept on the way down.
  case blocks(expected: [Int], found: [Int])
  /// It was made for texts of another width.
  case contextWidth(expected: Int, found: Int)
  /// It was made for latents of another number of channels.
  case latentChannels(expected: Int, found: Int)
  /// It brings its picture down by another factor than that between a picture and the model's latents.
  case hintScale(expected: Int, found: Int)
  /// Its picture is of another size than what is drawn, both as `WxH` in pixels.
  case hintSize(expected: String, found: String)
}

extension ControlError: CustomStringConvertible {
  /// What the model takes, what was given, and what to do.
  public var description: String {
    switch self {
    case .blocks(let expected, let found):
      "the model keeps \(expected) channels on its way down, but the ControlNet is for \(found): "
        + Self.fix
    case .contextWidth(let expected, let found):
      "the model takes a conditioning \(expected) wide, but the ControlNet one \(found) wide: "
        + Self.fix
    case .latentChannels(let expected, let found):
      "the model takes latents of \(expected) channels, but the ControlNet of \(found): " + Self.fix
    case .hintScale(let expected, let found):
      "the model's latents are \(expected) times smaller than pictures, but the ControlNet is for \(found) times: "
        + Self.fix
    case .hintSize(let expected, let found):
      "the ControlNet's picture is \(found), but \(expected) is drawn: bring it to that size with "
        + "`resize-image`, before edges or lines are looked for"
    }
  }

  private static let fix = "take one that was made for this model"
}

extension UNet {
  /// Makes sure that a ControlNet fits, and its hint a latent `[N, h, w, C]` of which an element stands for `scale`
  /// pixels. Throws `ControlError`.
  func verify(_ control: Control, beside latent: Shape, scale: Int) throws {
    let (own, trunk) = (configuration, control.network.configuration.trunk)
    guard own.keptChannels == trunk.keptChannels else {
      throw ControlError.blocks(expected: own.keptChannels, found: trunk.keptChannels)
    }
    guard trunk.inChannels == latent[-1] else {
      throw ControlError.latentChannels(expected: latent[-1], found: trunk.inChannels)
    }
    guard trunk.contextWidth == own.contextWidth || !trunk.attends else {
      throw ControlError.contextWidth(expected: own.contextWidth, found: trunk.contextWidth)
    }
    let (hint, factor) = (control.hint.shape, control.network.configuration.hintScale)
    guard factor == scale else { throw ControlError.hintScale(expected: scale, found: factor) }
    guard hint[1] == latent[1] * scale, hint[2] == latent[2] * scale else {
      throw ControlError.hintSize(
        expected: "\(latent[2] * scale)x\(latent[1] * scale)", found: "\(hint[2])x\(hint[1])")
    }
  }
}
