/// What a graph says of a model's prediction, against what its files say.
public enum PredictionChoice: String, Sendable, CaseIterable {
  /// As the files say.
  case auto
  case epsilon
  case velocity = "v_prediction"
  /// Karras' formulation, with the levels of Playground v2.5.
  case edm
}

extension NoiseScheduleConfiguration {
  /// The same levels for a model whose files say nothing, or the wrong thing, of how it was trained.
  /// - Parameter zeroTerminalSNR: whether the last step was noise alone; nil for what the files say.
  public func with(_ choice: PredictionChoice, zeroTerminalSNR: Bool?) -> Self {
    var result = self
    switch choice {
    case .auto: break
    case .epsilon: (result.prediction, result.edm) = (.epsilon, nil)
    case .velocity: (result.prediction, result.edm) = (.velocity, nil)
    case .edm: (result.prediction, result.edm) = (.epsilon, edm ?? EDMFormulation())
    }
    result.rescalesToZeroTerminalSNR = zeroTerminalSNR ?? rescalesToZeroTerminalSNR
    return result
  }
}
