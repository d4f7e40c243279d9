/// Estimates of how wide a text is drawn, in whole pixels, for fonts that are not known.
enum TextWidth {
  /// The width of a character of the usual fixed-width fonts, in ems.
  private static let fixed = 0.602

  /// In a fixed-width font, `size` pixels high.
  static func monospaced(_ text: String, size: Double) -> Double {
    (text.unicodeScalars.reduce(0) { $0 + (isWide($1) ? 1 : fixed) } * size).rounded(.up)
  }

  /// In bold letters of a system's font, rather too wide than too narrow.
  static func proportional(_ text: String, size: Double) -> Double {
    (text.unicodeScalars.reduce(0) { $0 + ems($1) } * size).rounded(.up)
  }

  /// At most `limit` characters, the last an ellipsis where some are left out.
  static func shortened(_ text: String, to limit: Int) -> String {
    text.count <= limit ? text : text.prefix(limit - 1) + "…"
  }

  private static func ems(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "'", "|", "!", ".", ",", ":", ";", " ", "I": 0.4
    case "f", "r", "t", "(", ")", "[", "]", "-", "/", "\"": 0.5
    case "m", "w", "M", "W", "@", "%": 1.05
    case "A"..."Z": 0.79
    default: isWide(scalar) ? 1.05 : 0.71
    }
  }

  /// Ideographs, Hangul and pictures take a whole em.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0x1F000...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
