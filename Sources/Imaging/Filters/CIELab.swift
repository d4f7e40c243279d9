import Glibc

/// Colours as CIE 1976 L*a*b* (ISO/CIE 11664-4) has them, under the white of sRGB, D65: lightness from 0 to
/// 100, green to red, blue to yellow.
enum CIELab {
  /// From sRGB, each channel from 0 to 1 (IEC 61966-2-1).
  static func fromSRGB(_ color: SIMD3<Double>) -> SIMD3<Double> {
    let light = SIMD3(light(color.x), light(color.y), light(color.z))
    let x = root((light * SIMD3(0.412453, 0.357580, 0.180423)).sum() / white.x)
    let y = root((light * SIMD3(0.212671, 0.715160, 0.072169)).sum() / white.y)
    let z = root((light * SIMD3(0.019334, 0.119193, 0.950227)).sum() / white.z)
    return SIMD3(116 * y - 16, 500 * (x - y), 200 * (y - z))
  }

  /// To sRGB; a colour that has none goes below 0 or above 1.
  static func toSRGB(_ color: SIMD3<Double>) -> SIMD3<Double> {
    let y = (color.x + 16) / 116
    let (x, z) = (y + color.y / 500, y - color.z / 200)
    let xyz = SIMD3(cube(x), cube(y), cube(z)) * white
    return SIMD3(
      stored((xyz * SIMD3(3.240479, -1.53715, -0.498535)).sum()),
      stored((xyz * SIMD3(-0.969256, 1.875991, 0.041556)).sum()),
      stored((xyz * SIMD3(0.055648, -0.204043, 1.057311)).sum()))
  }

  private static let white = SIMD3(0.950456, 1, 1.088754)

  private static func light(_ value: Double) -> Double {
    value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }

  private static func stored(_ light: Double) -> Double {
    light <= 0.0031308 ? light * 12.92 : 1.055 * pow(light, 1 / 2.4) - 0.055
  }

  private static func root(_ value: Double) -> Double {
    value > 216.0 / 24389 ? cbrt(value) : (24389.0 / 27 * value + 16) / 116
  }

  private static func cube(_ value: Double) -> Double {
    value > 6.0 / 29 ? value * value * value : (116 * value - 16) * 27 / 24389
  }
}
