import Tensor

/// A linear layer with a bias, `[rows, inputs]` to `[rows, outputs]`.
struct LinearWork: BenchmarkWork {
  let rows, inputWidth, outputWidth: Int
  var precision = LinearPrecision.full

  var operations: Int? { Operations.linear(rows: rows, inputWidth, outputWidth) }
  var inputs: [BenchmarkInput] { [BenchmarkInput(name: "x", shape: [rows, inputWidth])] }

  func prepare() -> BenchmarkRun {
    let weights = RandomWeights(seed: 1)
    let layer = PackedLinear(
      weight: weights.tensor("weight", [outputWidth, inputWidth]),
      bias: weights.tensor("bias", [outputWidth]), precision: precision)
    return { $0.input("x").linear(layer) }
  }
}

/// A convolution of 3x3 pixels with a bias, `[N, H, W, inputs]` to `[N, H / stride, W / stride, outputs]`.
struct ConvolutionWork: BenchmarkWork {
  let batch, height, width, inputChannels, outputChannels, stride: Int

  var operations: Int? {
    Operations.convolution(
      pixels: batch * (height / stride) * (width / stride), inputChannels, outputChannels)
  }

  var inputs: [BenchmarkInput] {
    [BenchmarkInput(name: "x", shape: [batch, height, width, inputChannels])]
  }

  func prepare() -> BenchmarkRun {
    let weights = RandomWeights(seed: 1)
    let kernel = PackedConvolution(
      weight: weights.tensor("weight", [outputChannels, inputChannels, 3, 3]),
      bias: weights.tensor("bias", [outputChannels]), stride: stride, padding: 1)
    return { $0.input("x").convolved(with: kernel) }
  }
}

/// Multi-head attention: queries `[N, Lq, heads * D]` over keys and values `[N, Lk, heads * D]`.
struct AttentionWork: BenchmarkWork {
  let batch, heads, queries, keys, headWidth: Int
  var isCausal = false

  private var width: Int { heads * headWidth }

  /// Masked scores count too, as nobody's kernel leaves out exactly those.
  var operations: Int? {
    Operations.attention(queries: batch * queries, keys: keys, width: width)
  }

  var inputs: [BenchmarkInput] {
    [
      BenchmarkInput(name: "queries", shape: [batch, queries, width]),
      BenchmarkInput(name: "keys", shape: [batch, keys, width]),
      BenchmarkInput(name: "values", shape: [batch, keys, width]),
    ]
  }

  func prepare() -> BenchmarkRun {
    { inputs in
      inputs.input("queries").attention(
        keys: inputs.input("keys"), values: inputs.input("values"), heads: heads,
        isCausal: isCausal)
    }
  }
}

/// A pass over memory, which is read and written once: a normalization, or a gate.
struct PassWork: BenchmarkWork {
  enum Kind {
    /// Of 32 groups, with SiLU behind it, `[N, H, W, C]`.
    case groupNorm
    /// `[rows, C]`.
    case layerNorm
    /// `[rows, 2 * C]` to `[rows, C]`.
    case gatedGELU
  }

  let kind: Kind
  let shape: Shape

  var byteCount: Int? {
    shape.count * MemoryLayout<Float>.stride * (kind == .gatedGELU ? 3 : 4) / 2
  }

  var inputs: [BenchmarkInput] { [BenchmarkInput(name: "x", shape: shape)] }

  func prepare() -> BenchmarkRun {
    let weights = RandomWeights(seed: 1)
    let weight = weights.tensor("weight", [shape[-1]])
    let bias = weights.tensor("bias", [shape[-1]])
    return { [kind] inputs in
      let x = inputs.input("x")
      return switch kind {
      case .groupNorm:
        x.groupNormalized(
          groups: 32, weight: weight, bias: bias, epsilon: 1e-5, activation: .silu)
      case .layerNorm: x.layerNormalized(weight: weight, bias: bias, epsilon: 1e-5)
      case .gatedGELU: x.gatedGELU()
      }
    }
  }
}
