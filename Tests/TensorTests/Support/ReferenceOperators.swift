import Glibc

@testable import Tensor

/// The operators as their definitions say, element by element in double precision.
enum Reference {
  static func linear(_ x: Tensor, weight: Tensor, bias: Tensor?) -> [Double] {
    let (inputs, outputs) = (weight.shape[1], weight.shape[0])
    let (x, w, b) = (x.doubles, weight.doubles, bias?.doubles)
    return (0..<x.count / inputs * outputs).map { index in
      let (row, output) = index.quotientAndRemainder(dividingBy: outputs)
      return (0..<inputs).reduce(b?[output] ?? 0) {
        $0 + x[row * inputs + $1] * w[output * inputs + $1]
      }
    }
  }

  static func convolution(
    _ x: Tensor, weight: Tensor, bias: Tensor?, stride: Int, padding: Padding
  ) -> [Double] {
    let (pixels, w) = (x.doubles, weight.doubles)
    let (inHeight, inWidth, inputs) = (x.shape[1], x.shape[2], x.shape[3])
    let (outputs, kernelHeight, kernelWidth) = (weight.shape[0], weight.shape[2], weight.shape[3])
    let height = (inHeight + padding.top + padding.bottom - kernelHeight) / stride + 1
    let width = (inWidth + padding.left + padding.right - kernelWidth) / stride + 1
    var result: [Double] = []
    for sample in 0..<x.shape[0] {
      for y in 0..<height {
        for x in 0..<width {
          for output in 0..<outputs {
            var sum = bias.map { Double($0.elements[output]) } ?? 0
            for ky in 0..<kernelHeight {
              for kx in 0..<kernelWidth {
                let (sourceY, sourceX) = (
                  y * stride + ky - padding.top, x * stride + kx - padding.left
                )
                guard (0..<inHeight).contains(sourceY), (0..<inWidth).contains(sourceX) else {
                  continue
                }
                for input in 0..<inputs {
                  let pixel = ((sample * inHeight + sourceY) * inWidth + sourceX) * inputs + input
                  let tap = ((output * inputs + input) * kernelHeight + ky) * kernelWidth + kx
                  sum += pixels[pixel] * w[tap]
                }
              }
            }
            result.append(sum)
          }
        }
      }
    }
    return result
  }

  static func groupNorm(
    _ x: Tensor, groups: Int, weight: Tensor, bias: Tensor, epsilon: Double
  ) -> [Double] {
    let (samples, channels) = (x.shape[0], x.shape[-1])
    let rows = x.shape.count / samples / channels
    let (values, w, b) = (x.doubles, weight.doubles, bias.doubles)
    var result = values
    for sample in 0..<samples {
      for group in 0..<groups {
        let size = channels / groups
        let indices = (0..<rows).flatMap { row in
          (group * size..<(group + 1) * size).map { (sample * rows + row) * channels + $0 }
        }
        let (mean, deviation) = moments(indices.map { values[$0] }, epsilon: epsilon)
        for index in indices {
          result[index] =
            (values[index] - mean) / deviation * w[index % channels] + b[index % channels]
        }
      }
    }
    return result
  }

  static func layerNorm(
    _ x: Tensor, weight: Tensor, bias: Tensor, epsilon: Double
  ) -> [Double] {
    let (w, b) = (weight.doubles, bias.doubles)
    return rows(of: x).flatMap { row in
      let (mean, deviation) = moments(row, epsilon: epsilon)
      return row.indices.map { (row[$0] - mean) / deviation * w[$0] + b[$0] }
    }
  }

  private static func moments(
    _ values: [Double], epsilon: Double
  ) -> (mean: Double, deviation: Double) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    return (mean, (variance + epsilon).squareRoot())
  }

  static func activation(_ activation: Activation, _ x: Double) -> Double {
    switch activation {
    case .identity: x
    case .silu: x / (1 + exp(-x))
    case .gelu: x * erfc(-x / 2.0.squareRoot()) / 2
    case .quickGELU: x / (1 + exp(-1.702 * x))
    }
  }

  static func gatedGELU(_ x: Tensor) -> [Double] {
    rows(of: x).flatMap { row in
      let half = row.count / 2
      return (0..<half).map { row[$0] * activation(.gelu, row[half + $0]) }
    }
  }

  static func softmax(_ row: [Double]) -> [Double] {
    let largest = row.max() ?? 0
    let exponentials = row.map { exp($0 - largest) }
    let sum = exponentials.reduce(0, +)
    return exponentials.map { $0 / sum }
  }

  static func attention(
    _ queries: Tensor, keys: Tensor, values: Tensor, heads: Int, isCausal: Bool
  ) -> [Double] {
    let (samples, queryCount, width) = (queries.shape[0], queries.shape[1], queries.shape[2])
    let keyCount = keys.shape[1]
    let size = width / heads
    let (q, k, v) = (queries.doubles, keys.doubles, values.doubles)
    var result = [Double](repeating: 0, count: q.count)
    for sample in 0..<samples {
      for head in 0..<heads {
        for query in 0..<queryCount {
          let start = (sample * queryCount + query) * width + head * size
          let visible = isCausal ? min(query + 1, keyCount) : keyCount
          let keyStarts = (0..<visible).map { (sample * keyCount + $0) * width + head * size }
          let weights = softmax(
            keyStarts.map { key in
              (0..<size).reduce(0) { $0 + q[start + $1] * k[key + $1] } / Double(size).squareRoot()
            })
          for (key, weight) in Swift.zip(keyStarts, weights) {
            for column in 0..<size { result[start + column] += weight * v[key + column] }
          }
        }
      }
    }
    return result
  }

  static func rows(of tensor: Tensor) -> [[Double]] {
    let (values, columns) = (tensor.doubles, tensor.shape[-1])
    return stride(from: 0, to: values.count, by: columns).map { Array(values[$0..<$0 + columns]) }
  }
}

extension Tensor {
  var doubles: [Double] { elements.map(Double.init) }

  /// max|a - b| / max|b|
  func relativeError(to reference: [Double]) -> Double {
    precondition(shape.count == reference.count, "\(shape) against \(reference.count) elements")
    let largest = reference.reduce(1e-300) { max($0, abs($1)) }
    return Swift.zip(doubles, reference).reduce(0) { error, pair in
      let difference = abs(pair.0 - pair.1)
      return difference.isNaN ? .infinity : max(error, difference / largest)
    }
  }
}
