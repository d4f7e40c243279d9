/// What of a picture's file is read as a mask.
public enum MaskChannel: String, Sendable, CaseIterable {
  /// How light it is: luma after ITU-R BT.601.
  case luma
  case alpha, red, green, blue
}

extension Picture {
  /// One of the picture's channels.
  public func mask(_ channel: MaskChannel) -> Mask {
    switch channel {
    case .luma: Mask(of: image) { 0.299 * $0 + 0.587 * $1 + 0.114 * $2 }
    case .red: Mask(of: image) { red, _, _ in red }
    case .green: Mask(of: image) { _, green, _ in green }
    case .blue: Mask(of: image) { _, _, blue in blue }
    case .alpha: alpha ?? Mask(width: image.width, height: image.height, filledWith: 1)
    }
  }
}
