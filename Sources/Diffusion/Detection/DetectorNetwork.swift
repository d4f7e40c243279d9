import Tensor

/// A pyramid of residual blocks on three levels with one head, without anchors: Lin et al., "Feature pyramid networks
/// for object detection" (2017); Tian et al., "FCOS" (2019).
struct DetectorNetwork: Sendable {
  /// How many pixels a cell of each level stands for.
  static let strides = [8, 16, 32]

  private let stem: [Convolution]
  private let levels: [DetectorLevel]
  private let head: Convolution
  private let score, box: Linear

  /// What a level says of its cells.
  struct Findings {
    /// `[1, h, w, 1]`: logits.
    var scores: Tensor
    /// `[1, h, w, 4]`: how far it is from a cell's middle to the left, upper, right and lower side, as logarithms
    /// of strides.
    var distances: Tensor
  }

  init(_ weights: Weights) {
    let stemWidths = [3] + (0..<3).map { weights["stem"][$0].outputs }
    let widths = [stemWidths[3]] + [1, 2].map { weights["down"][$0].outputs }
    let neck = weights["lateral"][0].outputs
    stem = (0..<3).map {
      Convolution(weights["stem"][$0], stemWidths[$0], stemWidths[$0 + 1], stride: 2)
    }
    levels = (0..<3).map { level in
      DetectorLevel(weights, level, widths[max(level - 1, 0)], widths[level], neck: neck)
    }
    head = Convolution(weights["head"][0], neck, neck)
    score = Linear(weights["head"]["score"], neck, 1, storage: .convolution)
    box = Linear(weights["head"]["box"], neck, 4, storage: .convolution)
  }

  /// - Parameter x: `[1, H, W, 3]` in -1...1, whose sides are multiples of 32.
  func callAsFunction(_ x: Tensor) -> [Findings] {
    var x = stem.reduce(x) { $1($0).activated(.silu) }
    var features: [Tensor] = []
    for level in levels {
      let (hidden, feature) = level(x)
      x = hidden
      features.append(feature)
    }
    for level in [1, 0] {
      let size = features[level].shape
      let above = features[level + 1].upsampledNearest(to: size[1], width: size[2])
      features[level] = features[level] + above
    }
    return features.map { feature in
      let hidden = head(feature).activated(.silu)
      return Findings(scores: score(hidden), distances: box(hidden))
    }
  }
}

/// The residual blocks of one level, and what its head sees of them.
private struct DetectorLevel: Sendable {
  /// None at the first level.
  private let down: Convolution?
  private let blocks: [(Convolution, Convolution)]
  private let lateral: Linear

  init(_ weights: Weights, _ level: Int, _ inputs: Int, _ width: Int, neck: Int) {
    down = level == 0 ? nil : Convolution(weights["down"][level], inputs, width, stride: 2)
    blocks = (0..<2).map { block in
      let weights = weights["level"][level][block]
      return (
        Convolution(weights["conv1"], width, width), Convolution(weights["conv2"], width, width)
      )
    }
    lateral = Linear(weights["lateral"][level], width, neck, storage: .convolution)
  }

  func callAsFunction(_ x: Tensor) -> (hidden: Tensor, feature: Tensor) {
    let x = down.map { $0(x).activated(.silu) } ?? x
    let hidden = blocks.reduce(x) { x, block in
      block.1(ConvolutionInput(block.0(x).activated(.silu)), plus: x).activated(.silu)
    }
    return (hidden, lateral(hidden))
  }
}

extension Weights {
  /// How many channels a layer puts out, by the file; 1 where the layer is missing, which is told then.
  fileprivate var outputs: Int { max(shape(of: "weight")?.sizes.first ?? 1, 1) }
}
