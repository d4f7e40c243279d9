/// What a step keeps in memory, and what it makes again whenever that is read.
struct BandChoice: Hashable, Sendable {
  /// What becomes of a resnet's first convolution.
  enum Hidden: Hashable, Sendable {
    case stored
    case recomputed
    /// Stored together with the shortcut's output, so that the input can go.
    case paired
  }

  var hidden = Hidden.recomputed
  var storesOutput: Bool
}

/// How a picture goes through steps within a memory budget, with as few operations as possible.
struct BandPlan: Sendable {
  /// One for each step.
  let choices: [BandChoice]
  /// About the most bytes that are held at once: pictures, and the bands that are on their way.
  let peakBytes: Int
  /// Multiplications.
  let cost: Int

  /// The cheapest plan within the budget, and of equally cheap ones the smallest; where nothing fits, the
  /// cheapest of about the least memory that will do. The first step's input is stored, with its statistics.
  init(_ steps: [BandStep], input: PictureSize, budget: Int) {
    var budget = max(budget, 1 << 20)
    while true {
      if let plan = BandPlan(steps, input, within: budget) {
        self = plan
        return
      }
      budget += budget / 8
    }
  }

  private init?(_ steps: [BandStep], _ input: PictureSize, within budget: Int) {
    var (size, states) = (input, [BandState(holding: input)])
    for (index, step) in steps.enumerated() {
      let output = step.outputSize(of: size)
      let isLast = index == steps.count - 1
      states = states.flatMap { $0.after(step, size, output) }
        .filter { $0.peak <= budget && ($0.isStored || !isLast) }
      states = BandState.best(of: states)
      size = output
    }
    guard let best = states.min(by: { ($0.cost, $0.peak) < ($1.cost, $1.peak) }) else { return nil }
    choices = best.choices
    peakBytes = best.peak
    cost = best.cost
  }
}
