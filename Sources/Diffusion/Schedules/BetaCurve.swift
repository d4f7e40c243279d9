import Glibc

/// How beta rises over the training steps.
public enum BetaCurve: String, Hashable, Sendable, CaseIterable {
  case linear
  /// The square of a line.
  case scaledLinear = "scaled_linear"
  /// Nichol and Dhariwal, "Improved Denoising Diffusion Probabilistic Models" (2021), equation 17.
  case squaredCosine = "squaredcos_cap_v2"
}

extension NoiseScheduleConfiguration {
  /// Beta by training step, rounded to f32 where PyTorch rounds it.
  var betas: [Float] {
    switch betaCurve {
    case .linear: line(from: betaStart, to: betaEnd)
    case .scaledLinear:
      line(from: betaStart.squareRoot(), to: betaEnd.squareRoot()).map { $0 * $0 }
    case .squaredCosine:
      (0..<trainingSteps).map { step in
        Float(min(1 - squaredCosine(after: step + 1) / squaredCosine(after: step), 0.999))
      }
    }
  }

  /// As `torch.linspace`: counted from the nearer end, with one rounding.
  private func line(from start: Double, to end: Double) -> [Float] {
    let (start, end) = (Float(start), Float(end))
    let step = (end - start) / Float(trainingSteps - 1)
    return (0..<trainingSteps).map { index in
      index < trainingSteps / 2
        ? start.addingProduct(step, Float(index))
        : end.addingProduct(-step, Float(trainingSteps - 1 - index))
    }
  }

  /// How much of the picture's variance is left after so many training steps, up to a factor.
  private func squaredCosine(after steps: Int) -> Double {
    let time = Double(steps) / Double(trainingSteps)
    let root = cos((time + 0.008) / 1.008 * .pi / 2)
    return root * root
  }
}
