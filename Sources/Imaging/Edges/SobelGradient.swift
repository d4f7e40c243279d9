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
    let filter = SobelFilter(aperture, channels: channels)
    return parallelRows([height, width, 2]) { source, y, target in
      filter.withGradients(of: source, y, height: height, width: width) { dx, dy in
        for x in 0..<width {
          var (best, length) = (x * channels, -1)
          for place in x * channels..<(x + 1) * channels {
            let own = norm.length(dx[place], dy[place])
            if own > length { (best, length) = (place, own) }
          }
          (target[2 * x], target[2 * x + 1]) = (dx[best], dy[best])
        }
      }
    }
  }
}

/// The filter of one width, for pictures of so many channels.
private struct SobelFilter: Sendable {
  private let smoothing, derivative: [Float]
  private let scale: Float
  private let channels: Int

  init(_ aperture: SobelAperture, channels: Int) {
    (smoothing, derivative) = (aperture.smoothing, aperture.derivative)
    (scale, self.channels) = (aperture.scale, channels)
  }

  /// Hands over both parts of the gradients in a row, rounded; of each pixel its channels stand side by side.
  func withGradients(
    of picture: UnsafePointer<Float>, _ y: Int, height: Int, width: Int,
    _ body: (_ dx: UnsafePointer<Float>, _ dy: UnsafePointer<Float>) -> Void
  ) {
    let (length, reach) = (width * channels, smoothing.count / 2)
    let wide = length + 2 * reach * channels
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * (wide + length)) { lines in
      guard let smoothed = lines.baseAddress else { return }
      lines.initialize(repeating: 0)
      let (derived, dx) = (smoothed + wide, smoothed + 2 * wide)
      let dy = dx + length
      for place in smoothing.indices {
        let row = picture + min(max(y + place - reach, 0), height - 1) * length
        add(row, times: smoothing[place], to: smoothed + reach * channels, length)
        add(row, times: derivative[place], to: derived + reach * channels, length)
      }
      repeatEnds(of: smoothed, width)
      repeatEnds(of: derived, width)
      for place in smoothing.indices {
        add(smoothed + place * channels, times: derivative[place], to: dx, length)
        add(derived + place * channels, times: smoothing[place], to: dy, length)
      }
      for place in 0..<2 * length { dx[place] = (dx[place] * scale).rounded(.toNearestOrEven) }
      body(dx, dy)
    }
  }

  private func add(
    _ source: UnsafePointer<Float>, times weight: Float, to target: UnsafeMutablePointer<Float>,
    _ count: Int
  ) {
    for place in 0..<count { target[place] += weight * source[place] }
  }

  /// Fills the room before and behind a row with its first and its last pixel.
  private func repeatEnds(of line: UnsafeMutablePointer<Float>, _ width: Int) {
    let room = smoothing.count / 2 * channels
    for place in 0..<room {
      line[place] = line[room + place % channels]
      line[room + width * channels + place] = line[room + (width - 1) * channels + place % channels]
    }
  }
}
