/// Logarithm, sine and cosine in f32 as PyTorch's AVX2 code for normal numbers rounds them: the
/// polynomials of Moshier's Cephes library, every product and sum that can be fused being fused.
///
/// The C library's functions are closer to the truth, and therefore not equal to PyTorch's.
enum VectorMath {
  /// The natural logarithm of a positive number.
  static func log(_ x: Float) -> Float {
    let x = max(x, .leastNormalMagnitude)
    var exponent = Float(Int(x.bitPattern >> 23) - 126)
    var mantissa = Float(bitPattern: x.bitPattern & 0x007f_ffff | 0x3f00_0000)
    if mantissa < 0.707106781186547524 {
      exponent -= 1
      mantissa += mantissa
    }
    let m = mantissa - 1
    let square = m * m
    var y = polynomial(m, logCoefficients) * m
    y = (exponent * -2.12194440e-4).addingProduct(y, square)
    y = y.addingProduct(-square, 0.5)
    return (m + y).addingProduct(exponent, 0.693359375)
  }

  /// Of an angle from 0 up, in radians.
  static func sineAndCosine(_ angle: Float) -> (sine: Float, cosine: Float) {
    let octant = (Int(angle * 1.27323954473516) + 1) & ~1
    let r = reduced(angle, octants: Float(octant))
    let square = r * r
    let even =
      (-(square * 0.5)).addingProduct(
        polynomial(square, cosineCoefficients) * square, square) + 1
    let odd = r.addingProduct(polynomial(square, sineCoefficients) * square, r)
    let isSwapped = octant & 2 != 0
    let (sine, cosine) = isSwapped ? (even, odd) : (odd, even)
    return (octant & 4 == 0 ? sine : -sine, (octant - 2) & 4 == 0 ? -cosine : cosine)
  }

  /// `angle` less a multiple of a quarter of pi, taken off in three parts that are exact.
  private static func reduced(_ angle: Float, octants: Float) -> Float {
    angle.addingProduct(octants, -0.78515625)
      .addingProduct(octants, -2.4187564849853515625e-4)
      .addingProduct(octants, -3.77489497744594108e-8)
  }

  /// Horner's rule, the highest power's coefficient first.
  private static func polynomial(_ x: Float, _ coefficients: [Float]) -> Float {
    coefficients.dropFirst().reduce(coefficients[0]) { $1.addingProduct($0, x) }
  }

  private static let logCoefficients: [Float] = [
    7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
    -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
  ]
  private static let cosineCoefficients: [Float] = [
    2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2,
  ]
  private static let sineCoefficients: [Float] = [
    -1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1,
  ]
}
