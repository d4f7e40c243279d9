import Glibc

/// The noise levels that a model was trained on, and the way between them and what its UNet is told.
///
/// Sigma is the standard deviation of the noise beside a latent of variance one (Karras et al.,
/// "Elucidating the Design Space of Diffusion-Based Generative Models", 2022).
public struct NoiseSchedule: Sendable {
  /// How the levels were laid out.
  public let configuration: NoiseScheduleConfiguration
  /// Sigma by training step, rising. Where the training had levels without steps, as many, evenly by their
  /// logarithms.
  public let sigmas: [Float]
  private let logSigmas: [Double]

  /// Computes in the precisions that PyTorch does: f32 betas, a running product in f64.
  public init(_ configuration: NoiseScheduleConfiguration) {
    self.configuration = configuration
    sigmas =
      configuration.edm?.levels(configuration.trainingSteps) ?? configuration.sigmasOfBetas
    logSigmas = sigmas.map { log(Double($0)) }
  }

  /// The smallest noise level.
  public var sigmaMin: Float { sigmas[0] }
  /// The largest noise level.
  public var sigmaMax: Float { sigmas[sigmas.count - 1] }

  /// What the UNet is told of a noise level: its timestep, from 0 to the number of training steps less one,
  /// by straight lines between the logarithms of the levels. A model of the EDM formulation is told a
  /// quarter of the logarithm itself.
  public func timestep(of sigma: Float) -> Float {
    let target = log(Double(sigma))
    if configuration.edm != nil { return Float(target / 4) }
    let above = logSigmas.partitioningIndex { $0 >= target }
    guard above > 0 else { return 0 }
    guard above < logSigmas.count else { return Float(logSigmas.count - 1) }
    let (low, high) = (logSigmas[above - 1], logSigmas[above])
    return Float(Double(above - 1) + (target - low) / (high - low))
  }

  /// The noise level of a timestep, the inverse of `timestep(of:)`.
  public func sigma(at timestep: Double) -> Float {
    configuration.edm == nil ? sigma(atStep: timestep) : Float(exp(4 * timestep))
  }

  /// The noise level of a training step, counted from 0, by straight lines between the logarithms of the levels.
  func sigma(atStep step: Double) -> Float {
    Float(exp(Self.interpolate(logSigmas, at: step)))
  }

  /// The noise level of a training step by straight lines between the levels themselves.
  func linearSigma(at step: Double) -> Float {
    Float(Self.interpolate(sigmas, at: step))
  }

  /// Whether a latent at this level is noise alone to the model.
  func isNoiseAlone(at sigma: Float) -> Bool { sigma > sigmaMax * (1 - 1e-5) }

  private static func interpolate(
    _ values: [some BinaryFloatingPoint], at position: Double
  ) -> Double {
    let position = min(max(position, 0), Double(values.count - 1))
    let low = min(Int(position), values.count - 2)
    let share = position - Double(low)
    return Double(values[low]) * (1 - share) + Double(values[low + 1]) * share
  }
}

extension EDMFormulation {
  /// So many levels, rising.
  fileprivate func levels(_ count: Int) -> [Float] {
    let (low, high) = (log(sigmaMin), log(sigmaMax))
    return (0..<count).map { Float(exp(low + (high - low) * Double($0) / Double(count - 1))) }
  }
}

extension Array {
  /// The first index from which on `belongsToSecond` holds, found by halving.
  fileprivate func partitioningIndex(where belongsToSecond: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongsToSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
