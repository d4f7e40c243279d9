import Glibc
import Tensor

extension Raster {
  /// A Gaussian blur; the pixels at the border are repeated outwards.
  ///
  /// - Parameters:
  ///   - sigma: the standard deviation, in pixels; 0 changes nothing.
  ///   - reach: how far a pixel has an effect, in pixels; four standard deviations where it is not given.
  public func blurred(sigma: Double, reach: Int? = nil) -> Self {
    let reach = reach ?? Int((4 * sigma).rounded())
    guard sigma > 0, reach > 0 else { return self }
    let weights = gaussianWeights(sigma: sigma, reach: reach)
    return Self(planes: planes.convolvedRows(weights).convolvedColumns(weights))
  }
}

extension Mask {
  /// A mask with a soft edge: a Gaussian blur of a standard deviation of a third of `radius`, cut off at
  /// `radius` pixels in x and in y. Where the mask is even that far around, it keeps its value bit for bit.
  public func feathered(by radius: Double) -> Mask {
    blurred(sigma: radius / 3, reach: Int(radius))
  }
}

/// `2 * reach + 1` weights, whose sum is 1.
private func gaussianWeights(sigma: Double, reach: Int) -> [Double] {
  let weights = (-reach...reach).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
  let sum = weights.reduce(0, +)
  return weights.map { $0 / sum }
}

extension Tensor {
  /// `[H, W, C]`, weighed along the rows with an odd number of weights; sums in f64.
  fileprivate func convolvedRows(_ weights: [Double]) -> Tensor {
    let (width, channels) = (shape[1], shape[2])
    let reach = weights.count / 2
    return parallelRows(shape) { source, y, target in
      let row = source + y * width * channels
      var padded = [Double](repeating: 0, count: (width + 2 * reach) * channels)
      for x in 0..<width + 2 * reach {
        let column = min(max(x - reach, 0), width - 1)
        for channel in 0..<channels {
          padded[x * channels + channel] = Double(row[column * channels + channel])
        }
      }
      var sums = [Double](repeating: 0, count: width * channels)
      for (place, weight) in weights.enumerated() {
        for index in sums.indices { sums[index] += padded[index + place * channels] * weight }
      }
      for index in sums.indices { target[index] = Float(sums[index]) }
    }
  }

  /// `[H, W, C]`, weighed along the columns in the same way.
  fileprivate func convolvedColumns(_ weights: [Double]) -> Tensor {
    let (height, length) = (shape[0], shape[1] * shape[2])
    let reach = weights.count / 2
    return parallelRows(shape) { source, y, target in
      var sums = [Double](repeating: 0, count: length)
      for (place, weight) in weights.enumerated() {
        let row = source + min(max(y + place - reach, 0), height - 1) * length
        for index in 0..<length { sums[index] += Double(row[index]) * weight }
      }
      for index in 0..<length { target[index] = Float(sums[index]) }
    }
  }
}
