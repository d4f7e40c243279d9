import Tensor

/// A resnet of a UNet, `[N, H, W, inputs]` to `[N, H, W, outputs]`.
struct ResnetWork: BenchmarkWork {
  let batch, height, width, inputChannels, outputChannels: Int
  /// Of all the published families.
  private let timeWidth = 1280

  var operations: Int? {
    Operations.resnet(
      pixels: batch * height * width, inputChannels, outputChannels, timeRows: batch,
      timeWidth: timeWidth)
  }

  var inputs: [BenchmarkInput] {
    [
      BenchmarkInput(name: "x", shape: [batch, height, width, inputChannels]),
      BenchmarkInput(name: "time", shape: [batch, timeWidth]),
    ]
  }

  func prepare() -> BenchmarkRun {
    let block = ResnetBlock(
      .random, inputChannels, outputChannels, timeWidth: timeWidth, groups: 32, epsilon: 1e-5)
    return { block($0.input("x"), time: $0.input("time")) }
  }
}

/// A block of a UNet's transformer, `[N, pixels, width]` to the same, with a context of 77 tokens.
struct TransformerWork: BenchmarkWork {
  let batch, pixels, width, heads, contextWidth: Int
  private let tokens = 77

  var operations: Int? {
    Operations.transformerBlock(
      batch: batch, pixels: batch * pixels, width: width, tokens: tokens,
      contextWidth: contextWidth)
  }

  var inputs: [BenchmarkInput] {
    [
      BenchmarkInput(name: "x", shape: [batch, pixels, width]),
      BenchmarkInput(name: "context", shape: [batch, tokens, contextWidth]),
    ]
  }

  func prepare() -> BenchmarkRun {
    let block = TransformerBlock(.random, width: width, contextWidth: contextWidth, heads: heads)
    return { block($0.input("x"), context: TextContext($0.input("context"))) }
  }
}

extension Weights {
  /// The root of an archive that has whatever it is asked for.
  static var random: Weights { random(precision: .full) }

  static func random(precision: LinearPrecision) -> Weights {
    Weights(WeightArchive(RandomWeights(seed: 1), precision: precision))
  }
}
