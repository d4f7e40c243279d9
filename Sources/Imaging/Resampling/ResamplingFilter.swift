import Glibc

/// How pixels are weighed when a picture changes its size. The results are those of Pillow's filters.
public enum ResamplingFilter: String, Sendable, CaseIterable {
  /// The nearest pixel alone.
  case nearest
  /// The mean of the pixels that the new one covers (Pillow's `BOX`).
  case area
  /// By distance, up to the next pixel.
  case bilinear
  /// Keys, "Cubic Convolution Interpolation for Digital Image Processing" (1981), with a = -0.5.
  case bicubic
  /// A sinc under a window of three lobes: Duchon, "Lanczos Filtering in One and Two Dimensions"
  /// (1979).
  case lanczos

  /// How far the kernel reaches from its middle, in pixels of the coarser picture.
  var support: Double {
    switch self {
    case .nearest, .area: 0.5
    case .bilinear: 1
    case .bicubic: 2
    case .lanczos: 3
    }
  }

  /// The kernel at a distance from its middle, in the same pixels.
  func weight(_ x: Double) -> Double {
    switch self {
    case .nearest, .area: x > -0.5 && x <= 0.5 ? 1 : 0
    case .bilinear: max(1 - abs(x), 0)
    case .bicubic: Self.cubic(abs(x))
    case .lanczos: abs(x) < 3 ? Self.sinc(x) * Self.sinc(x / 3) : 0
    }
  }

  private static func cubic(_ x: Double) -> Double {
    let a = -0.5
    if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
  }

  private static func sinc(_ x: Double) -> Double { x == 0 ? 1 : sin(.pi * x) / (.pi * x) }
}
