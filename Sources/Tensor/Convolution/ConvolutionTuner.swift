/// Times the methods that a convolution can be computed by, for the table in `ConvolutionMethod`.
public enum ConvolutionTuner {
  /// A convolution of 3x3 pixels with padding 1: `[N, side, side, I]` to `[N, side, side, O]`.
  public struct Problem: Sendable {
    /// The number of samples.
    public let samples: Int
    /// The height and the width.
    public let side: Int
    /// The channels that come in.
    public let inputs: Int
    /// The channels that go out.
    public let outputs: Int

    /// The sizes as they are written.
    public init(samples: Int, side: Int, inputs: Int, outputs: Int) {
      self.samples = samples
      self.side = side
      self.inputs = inputs
      self.outputs = outputs
    }
  }

  /// What was measured of a problem.
  public struct Row: Sendable {
    /// The problem.
    public let problem: Problem
    /// The methods and the best of several times, in seconds.
    public let times: [(method: String, seconds: Double)]
    /// The method that the table chooses.
    public let chosen: String
  }

  /// Times each method, the best of `runs` calls after a first one. Winograd's with factors that are kept, and
  /// with factors that each call makes anew.
  public static func measure(_ problem: Problem, runs: Int = 5) -> Row {
    let x = ConvolutionInput(
      Tensor([problem.samples, problem.side, problem.side, problem.inputs], repeating: 1))
    let weight = StoredElements(
      Tensor([problem.outputs, problem.inputs, 3, 3], repeating: 1 / Float(problem.inputs)))
    let kept = FactorBudget(byteCount: .max)
    let fresh = FactorBudget(byteCount: 0)
    var times: [(method: String, seconds: Double)] = []
    for (method, name) in ConvolutionMethod.all {
      for (budget, suffix) in [(kept, ""), (fresh, ", fresh")] {
        if method == .unfolded, !suffix.isEmpty { continue }
        let kernel = PackedConvolution(weight: weight, bias: nil, padding: 1, budget: budget)
        if method != .unfolded, kernel.winograd == nil { continue }
        times.append((name + suffix, best(of: runs) { x.convolved(with: kernel, by: method) }))
      }
    }
    let chosen = ConvolutionMethod(
      for: PackedConvolution(weight: weight, bias: nil, padding: 1, budget: fresh),
      samples: problem.samples, size: (problem.side, problem.side))
    return Row(problem: problem, times: times, chosen: chosen.name)
  }

  private static func best(of runs: Int, _ work: () -> Tensor) -> Double {
    TensorArena.keeping {
      (0...runs).map { _ in
        let start = ContinuousClock.now
        _ = work()
        return (ContinuousClock.now - start) / .seconds(1)
      }.dropFirst().min() ?? 0
    }
  }
}
