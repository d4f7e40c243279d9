import Glibc

/// A colour in sRGB, each channel from 0 to 1.
public struct Color: Hashable, Sendable {
  /// The channels.
  public var red, green, blue: Float

  /// Each channel from 0 to 1.
  public init(red: Float, green: Float, blue: Float) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// No light.
  public static let black = Color(red: 0, green: 0, blue: 0)
  /// All light.
  public static let white = Color(red: 1, green: 1, blue: 1)
}

extension Color {
  /// Black or white, whichever has the higher contrast ratio to this colour: W3C, "Web Content
  /// Accessibility Guidelines 2.2", "relative luminance" and "contrast ratio".
  var contrasting: Color {
    let luminance =
      0.2126 * Self.light(red) + 0.7152 * Self.light(green) + 0.0722 * Self.light(blue)
    return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? .black : .white
  }

  /// The light that a channel stands for.
  private static func light(_ value: Float) -> Float {
    value <= 0.04045 ? value / 12.92 : powf((value + 0.055) / 1.055, 2.4)
  }
}
