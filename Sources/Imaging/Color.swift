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
}
