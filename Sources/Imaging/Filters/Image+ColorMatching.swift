import Tensor

extension Image {
  /// The picture in the colours of another: the mean and the standard deviation of each channel become the
  /// other's. Reinhard et al., "Color Transfer between Images" (2001), in CIE L*a*b* instead of l-alpha-beta,
  /// whose logarithms have no value at black.
  ///
  /// - Parameter strength: from 0, which changes nothing, to 1.
  public func matchingColors(of reference: Image, strength: Double = 1) -> Image {
    guard strength > 0 else { return self }
    let own = ColorStatistics(of: self)
    let wanted = ColorStatistics(of: reference)
    let scale = own.scale(to: wanted)
    let length = width
    return Image(
      pixels: pixels.parallelRows([height, width, 3]) { source, y, target in
        for x in 0..<length {
          let start = (y * length + x) * 3
          let color = SIMD3(
            Double(source[start]), Double(source[start + 1]), Double(source[start + 2]))
          let lab = CIELab.fromSRGB(color)
          let moved = CIELab.toSRGB(wanted.mean + (lab - own.mean) * scale)
          let result = (color + strength * (moved - color)).clamped(
            lowerBound: .zero, upperBound: .one)
          for channel in 0..<3 { target[x * 3 + channel] = Float(result[channel]) }
        }
      })
  }
}

/// How the colours of a picture are spread, in CIE L*a*b*.
private struct ColorStatistics {
  var mean = SIMD3<Double>.zero
  var deviation = SIMD3<Double>.zero

  init(of image: Image) {
    let count = Double(image.width * image.height)
    var squares = SIMD3<Double>.zero
    image.pixels.withElements { pixels in
      for start in stride(from: 0, to: pixels.count, by: 3) {
        let lab = CIELab.fromSRGB(
          SIMD3(Double(pixels[start]), Double(pixels[start + 1]), Double(pixels[start + 2])))
        mean += lab
        squares += lab * lab
      }
    }
    mean /= count
    deviation = (squares / count - mean * mean).clamped(
      lowerBound: .zero, upperBound: SIMD3(repeating: .infinity)
    ).squareRoot()
  }

  /// What differences from the mean are multiplied by; a channel that is even has none to speak of.
  func scale(to other: ColorStatistics) -> SIMD3<Double> {
    var scale = SIMD3<Double>.one
    for channel in 0..<3 where deviation[channel] > 1e-4 {
      scale[channel] = other.deviation[channel] / deviation[channel]
    }
    return scale
  }
}
