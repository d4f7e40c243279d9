import Tensor

/// Noise with more of it at coarser and coarser resolutions: Whitaker, "Multi-Resolution Noise for Diffusion Model
/// Training" (2023), each level half as wide and high as the one before where the article draws the ratio. The sum
/// is scaled to variance one.
///
/// - Parameters:
///   - noise: `[N, h, w, C]`, the finest level.
///   - discount: how much each level counts of the one before, in 0...1.
///   - seed: of the coarser levels of the batch's first element; each element has the next.
public func pyramidNoise(
  _ noise: Tensor, discount: Float, seed: Int, library: NoiseLibrary = .cpu
) -> Tensor {
  .concatenating(
    (0..<noise.shape[0]).map { index in
      var generator = NoiseGenerator(seed: seed &+ index, library: library)
      return pyramid(noise.slice(index..<index + 1), discount: discount, &generator)
    })
}

private func pyramid(
  _ noise: Tensor, discount: Float, _ generator: inout NoiseGenerator
) -> Tensor {
  var (sum, height, width, weight) = (noise, noise.shape[1], noise.shape[2], Float(1))
  while height > 1, width > 1 {
    (height, width, weight) = (height / 2, width / 2, weight * discount)
    let level = generator.noise([1, height, width, noise.shape[3]])
    sum = sum + level.resizedBilinear(height: noise.shape[1], width: noise.shape[2]) * weight
  }
  return sum * (1 / sum.deviation)
}

extension Tensor {
  /// The standard deviation of all elements, one freedom less than there are.
  fileprivate var deviation: Float {
    withElements { elements in
      let mean = elements.reduce(0.0) { $0 + Double($1) } / Double(elements.count)
      let squares = elements.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
      return Float((squares / Double(max(elements.count - 1, 1))).squareRoot())
    }
  }

  /// `[1, h, w, C]` at a larger size by straight lines between the centres of pixels: PyTorch's `bilinear`.
  fileprivate func resizedBilinear(height: Int, width: Int) -> Tensor {
    let channels = shape[3]
    let (rows, columns) = (lines(shape[1], to: height), lines(shape[2], to: width))
    return Tensor([1, height, width, channels]) { pixels in
      withElements { source in
        for index in pixels.indices {
          let (pixel, channel) = index.quotientAndRemainder(dividingBy: channels)
          let (row, column) = (rows[pixel / width], columns[pixel % width])
          func line(_ y: Int) -> Float {
            let start = y * shape[2]
            return source[(start + column.low) * channels + channel] * (1 - column.share)
              + source[(start + column.high) * channels + channel] * column.share
          }
          pixels[index] = line(row.low) * (1 - row.share) + line(row.high) * row.share
        }
      }
    }
  }
}

/// For each place on a line of `count` pixels the two of `size` beside it, and how much the second counts.
private func lines(_ size: Int, to count: Int) -> [(low: Int, high: Int, share: Float)] {
  (0..<count).map { index in
    let place = max((Float(index) + 0.5) * Float(size) / Float(count) - 0.5, 0)
    let low = min(Int(place), size - 1)
    return (low, min(low + 1, size - 1), place - Float(low))
  }
}
