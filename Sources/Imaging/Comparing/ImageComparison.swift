import Glibc
import Tensor

extension Image {
  /// How far each channel is from that of another picture of the same size.
  public func difference(from other: Image) -> Image {
    Image(pixels: pixels.zip(other.pixels) { abs($0 - $1) })
  }

  /// The peak signal-to-noise ratio to another picture of the same size, in dB: 100 at most, where the
  /// pictures are (nearly) equal.
  public func peakSignalToNoiseRatio(to other: Image) -> Double {
    let squares = pixels.zip(other.pixels) { ($0 - $1) * ($0 - $1) }.withElements { squares in
      squares.reduce(0.0) { $0 + Double($1) }
    }
    return min(-10 * log10(squares / Double(pixels.shape.count)), 100)
  }

  /// The structural similarity to another picture of the same size, the mean over all channels and pixels; 1
  /// for equal pictures. Wang et al., "Image Quality Assessment: From Error Visibility to Structural
  /// Similarity" (2004): a Gaussian window of 11x11 pixels, K1 = 0.01, K2 = 0.03.
  ///
  /// Pixels whose window goes beyond the picture do not count; in a picture without others, all do, with the
  /// border repeated.
  public func structuralSimilarity(to other: Image) -> Double {
    let similarity = similarities(to: other)
    let margin = min(width, height) > 2 * windowReach ? windowReach : 0
    var sum = 0.0
    similarity.withElements { values in
      for y in margin..<height - margin {
        for index in (y * width + margin) * 3..<(y * width + width - margin) * 3 {
          sum += Double(values[index])
        }
      }
    }
    return sum / Double((width - 2 * margin) * (height - 2 * margin) * 3)
  }

  /// For each pixel and channel: equation 13 of the paper.
  private func similarities(to other: Image) -> Tensor {
    func mean(_ values: Tensor) -> Tensor {
      Image(pixels: values).blurred(sigma: 1.5, reach: windowReach).pixels
    }
    let (x, y) = (pixels, other.pixels)
    let (meanX, meanY) = (mean(x), mean(y))
    let squaredMeans = meanX * meanX + meanY * meanY
    let variances = mean(x * x) + mean(y * y) - squaredMeans
    let covariance = mean(x * y) - meanX * meanY
    let (c1, c2): (Float, Float) = (0.01 * 0.01, 0.03 * 0.03)
    let numerator = (meanX * meanY).zip(covariance) { (2 * $0 + c1) * (2 * $1 + c2) }
    let denominator = squaredMeans.zip(variances) { ($0 + c1) * ($1 + c2) }
    return numerator.zip(denominator) { $0 / $1 }
  }
}

/// How far the window reaches from its middle, in pixels.
private let windowReach = 5
