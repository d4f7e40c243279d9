import Glibc
import Tensor

/// Noise between two others on the arc between them, so that it stays noise: Shoemake, "Animating Rotation with
/// Quaternion Curves" (1985), along the columns of each channel as AUTOMATIC1111's variation seeds go.
///
/// - Parameters:
///   - first: `[N, h, w, C]`.
///   - second: of the same shape.
///   - amount: 0 gives the first, 1 the second.
public func mixedNoise(_ first: Tensor, _ second: Tensor, amount: Double) -> Tensor {
  let (height, run) = (first.shape[1], first.shape[2] * first.shape[3])
  return Tensor(first.shape) { mixed in
    first.withElements { first in
      second.withElements { second in
        for column in 0..<first.count / max(height, 1) {
          let (sample, place) = column.quotientAndRemainder(dividingBy: run)
          let start = sample * height * run + place
          let indices = stride(from: start, to: start + height * run, by: run)
          let weights = arcWeights(amount, cosine: cosine(first, second, at: indices))
          for index in indices {
            mixed[index] = weights.first * first[index] + weights.second * second[index]
          }
        }
      }
    }
  }
}

/// The cosine of the angle between two vectors whose elements lie at these indices.
private func cosine(
  _ first: UnsafeBufferPointer<Float>, _ second: UnsafeBufferPointer<Float>,
  at indices: StrideTo<Int>
) -> Double {
  func product(_ left: UnsafeBufferPointer<Float>, _ right: UnsafeBufferPointer<Float>) -> Double {
    indices.reduce(0) { $0 + Double(left[$1]) * Double(right[$1]) }
  }
  let lengths = (product(first, first) * product(second, second)).squareRoot()
  return lengths > 0 ? min(max(product(first, second) / lengths, -1), 1) : 1
}

/// How much the ends of an arc count at a share of it. Where the ends hardly differ, a straight line does as well.
private func arcWeights(_ amount: Double, cosine: Double) -> (first: Float, second: Float) {
  guard abs(cosine) < 0.9995 else { return (Float(1 - amount), Float(amount)) }
  let angle = acos(cosine)
  return (Float(sin((1 - amount) * angle) / sin(angle)), Float(sin(amount * angle) / sin(angle)))
}
