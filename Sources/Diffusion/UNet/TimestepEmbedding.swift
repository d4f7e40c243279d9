import Glibc
import Tensor

/// Numbers as waves of falling frequency, the positions of "Attention Is All You Need" (section 3.5).
struct Sinusoids: Sendable {
  let width: Int
  /// The cosines before the sines.
  let flipsSineToCosine: Bool
  let frequencyShift: Float

  /// `[n]` numbers to `[n, width]`.
  func callAsFunction(_ values: [Float]) -> Tensor {
    let half = width / 2
    let frequencies = (0..<half).map { index in
      expf(-logf(10_000) * Float(index) / (Float(half) - frequencyShift))
    }
    let rows = values.flatMap { value in
      let angles = frequencies.map { value * $0 }
      let sines = angles.map(sinf)
      let cosines = angles.map(cosf)
      return flipsSineToCosine ? cosines + sines : sines + cosines
    }
    return Tensor([values.count, width], rows)
  }
}

/// Two linear layers with SiLU between them, that make an embedding of sinusoids.
struct TimestepEmbedding: Sendable {
  private let linear1, linear2: Linear

  init(_ weights: Weights, _ inputs: Int, _ outputs: Int) {
    linear1 = Linear(weights["linear_1"], inputs, outputs)
    linear2 = Linear(weights["linear_2"], outputs, outputs)
  }

  /// `[N, I]` to `[N, O]`.
  func callAsFunction(_ x: Tensor) -> Tensor { linear2(linear1(x).activated(.silu)) }
}
