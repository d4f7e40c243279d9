import Tensor

/// How wide a Sobel filter is.
public enum SobelAperture: Int, Sendable, CaseIterable {
  case three = 3
  case five = 5
  case seven = 7

  /// A binomial row, across the direction of the derivative.
  var smoothing: [Float] {
    switch self {
    case .three: [1, 2, 1]
    case .five: [1, 4, 6, 4, 1]
    case .seven: [1, 6, 15, 20, 15, 6, 1]
    }
  }

  /// The same, one derivative taken.
  var derivative: [Float] {
    switch self {
    case .three: [-1, 0, 1]
    case .five: [-1, -2, 0, 2, 1]
    case .seven: [-1, -4, -5, 0, 5, 4, 1]
    }
  }

  /// What gradients are multiplied by, and thresholds with them, so that they have 16 bits: as in OpenCV.
  var scale: Float { self == .seven ? 1 / 16 : 1 }
}

/// How the length of a gradient is measured.
public enum GradientNorm: String, Sendable, CaseIterable {
  /// The sum of its two parts.
  case sum
  /// Their hypotenuse.
  case euclidean

  /// A whole number that grows with the length of a gradient of whole numbers: of `euclidean`, its square.
  func length(_ dx: Float, _ dy: Float) -> Int {
    let (x, y) = (Int(dx.magnitude), Int(dy.magnitude))
    return self == .sum ? x + y : x * x + y * y
  }
}

extension Image {
  /// `[H, W, 3]`: whole numbers from 0 to 255, as files of 8 bits hold them.
  var eightBits: Tensor {
    Tensor(pixels.shape, StoredRaster<UInt8>(self).samples.map(Float.init))
  }
}

extension Tensor {
  /// The gradients of `[H, W, C]` by Sobel's filter, at each pixel that of the channel where it is the longest, the
  /// first of several: `[H, W, 2]`, to the right and downwards, rounded to whole numbers. Pixels at the border are
  /// repeated outwards. Sums of whole numbers of 8 bits are exact.
  func strongestGradients(
    _ aperture: SobelAperture, _ norm: GradientNorm
  ) -> Tensor {
    let (height, width, channels) = (shape[0], shape[1], shape[2])
    return parallelRows([height, width, 2]) { source, y, target in
      let rows = SobelRows(around: y, of: source, shape: (height, width * channels), aperture)
      for x in 0..<width {
        var best = (dx: Float(0), dy: Float(0), length: -1)
        for channel in 0..<channels {
          let (dx, dy) = rows.gradient(x, channel, width: width, channels: channels)
          let own = norm.length(dx, dy)
          if own > best.length { best = (dx, dy, own) }
        }
        (target[2 * x], target[2 * x + 1]) = (best.dx, best.dy)
      }
    }
  }
}

/// The rows around one, weighed down the columns.
private struct SobelRows {
  let aperture: SobelAperture
  private var smoothed: [Float]
  private var derived: [Float]

  init(
    around y: Int, of source: UnsafePointer<Float>, shape: (height: Int, length: Int),
    _ aperture: SobelAperture
  ) {
    self.aperture = aperture
    smoothed = [Float](repeating: 0, count: shape.length)
    derived = smoothed
    let reach = aperture.rawValue / 2
    for (place, weights) in zip(aperture.smoothing, aperture.derivative).enumerated() {
      let row = source + min(max(y + place - reach, 0), shape.height - 1) * shape.length
      for index in 0..<shape.length {
        smoothed[index] += weights.0 * row[index]
        derived[index] += weights.1 * row[index]
      }
    }
  }

  func gradient(_ x: Int, _ channel: Int, width: Int, channels: Int) -> (dx: Float, dy: Float) {
    var (dx, dy): (Float, Float) = (0, 0)
    let reach = aperture.rawValue / 2
    for place in 0..<aperture.rawValue {
      let column = min(max(x + place - reach, 0), width - 1) * channels + channel
      dx += aperture.derivative[place] * smoothed[column]
      dy += aperture.smoothing[place] * derived[column]
    }
    return (
      (dx * aperture.scale).rounded(.toNearestOrEven),
      (dy * aperture.scale).rounded(.toNearestOrEven)
    )
  }
}
