import Glibc

/// The noise levels that a model was trained on, and the way between them and timesteps.
///
/// Sigma is the standard deviation of the noise beside a latent of variance one (Karras et al.,
/// "Elucidating the Design Space of Diffusion-Based Generative Models", 2022).
public struct NoiseSchedule: Sendable {
  /// How the levels were laid out.
  public let configuration: NoiseScheduleConfiguration
  /// Sigma by training step, rising.
  public let sigmas: [Float]
  private let logSigmas: [Double]

  /// Computes in the precisions that PyTorch does: f32 betas, a running product in f64.
  public init(_ configuration: NoiseScheduleConfiguration) {
    var betas = configuration.betas
    if configuration.rescalesToZeroTerminalSNR { betas = Self.rescaledToZeroTerminalSNR(betas) }
    var products = Self.alphaProducts(betas)
    if configuration.rescalesToZeroTerminalSNR { products[products.count - 1] = 0x1p-24 }
    self.configuration = configuration
    sigmas = products.map { ((1 - $0) / $0).squareRoot() }
    logSigmas = sigmas.map { log(Double($0)) }
  }

  /// The smallest noise level.
  public var sigmaMin: Float { sigmas[0] }
  /// The largest noise level.
  public var sigmaMax: Float { sigmas[sigmas.count - 1] }

  /// The timestep of a noise level, from 0 to the number of training steps less one: by straight lines
  /// between the logarithms of the levels.
  public func timestep(of sigma: Float) -> Float {
    let target = log(Double(sigma))
    let above = logSigmas.partitioningIndex { $0 >= target }
    guard above > 0 else { return 0 }
    guard above < logSigmas.count else { return Float(logSigmas.count - 1) }
    let (low, high) = (logSigmas[above - 1], logSigmas[above])
    return Float(Double(above - 1) + (target - low) / (high - low))
  }

  /// The noise level of a timestep, the inverse of `timestep(of:)`.
  public func sigma(at timestep: Double) -> Float {
    Float(exp(Self.interpolate(logSigmas, at: timestep)))
  }

  /// The noise level of a timestep by straight lines between the levels themselves.
  func linearSigma(at timestep: Double) -> Float {
    Float(Self.interpolate(sigmas, at: timestep))
  }

  private static func interpolate(
    _ values: [some BinaryFloatingPoint], at position: Double
  ) -> Double {
    let position = min(max(position, 0), Double(values.count - 1))
    let low = min(Int(position), values.count - 2)
    let share = position - Double(low)
    return Double(values[low]) * (1 - share) + Double(values[low + 1]) * share
  }

  private static func alphaProducts(_ betas: [Float]) -> [Float] {
    var product = 1.0
    return betas.map { beta in
      product *= Double(1 - beta)
      return Float(product)
    }
  }

  /// Lin et al., "Common Diffusion Noise Schedules and Sample Steps are Flawed" (2024), algorithm 1.
  ///
  /// The last product of alphas becomes zero; as in diffusers it is then set to a little more, so that its
  /// sigma is finite.
  private static func rescaledToZeroTerminalSNR(_ betas: [Float]) -> [Float] {
    let roots = alphaProducts(betas).map { $0.squareRoot() }
    let (first, last) = (roots[0], roots[roots.count - 1])
    let products = roots.map { root in
      let moved = (root - last) * (first / (first - last))
      return moved * moved
    }
    return [1 - products[0]] + zip(products.dropFirst(), products).map { 1 - $0 / $1 }
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
