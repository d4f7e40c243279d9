/// A schedule by the name that users know: `leading`, `trailing` and `linspace` are diffusers' timestep
/// spacings, the others ComfyUI's.
public enum ScheduleName: String, Sendable, CaseIterable {
  case normal
  case karras
  case exponential
  case sgmUniform = "sgm_uniform"
  case simple
  case ddimUniform = "ddim_uniform"
  case beta
  case linearQuadratic = "linear_quadratic"
  case klOptimal = "kl_optimal"
  case leading
  case trailing
  case linspace

  /// The noise levels of a whole run of so many steps, without the zero.
  private var levels: @Sendable (_ schedule: NoiseSchedule, _ count: Int) -> [Float] {
    switch self {
    case .normal: normalLevels
    case .karras: karrasLevels
    case .exponential: exponentialLevels
    case .sgmUniform: sgmUniformLevels
    case .simple: simpleLevels
    case .ddimUniform: ddimUniformLevels
    case .beta: betaLevels
    case .linearQuadratic: linearQuadraticLevels
    case .klOptimal: klOptimalLevels
    case .leading: leadingLevels
    case .trailing: trailingLevels
    case .linspace: linspaceLevels
    }
  }

  /// The noise levels of a run: falling ones, and a zero. There are `steps` of them beside it, but `beta` may
  /// make fewer and `ddim_uniform` some more or fewer.
  ///
  /// A `denoise` under 1 takes the last `steps` of as many as would make a whole run, as ComfyUI does;
  /// zero gives no levels, a run without a step. What lies between zero and a thousandth counts as a
  /// thousandth.
  ///
  /// - Parameters:
  ///   - steps: at least 1.
  ///   - denoise: in 0...1.
  ///   - skipsPenultimate: whether the schedule is made for one step more, and the level before the zero is
  ///     left out.
  public func sigmas(
    _ schedule: NoiseSchedule, steps: Int, denoise: Double = 1, skipsPenultimate: Bool = false
  ) -> [Float] {
    guard denoise > 0 else { return [] }
    let isWhole = denoise > 0.9999
    let count = isWhole ? steps : Int(Double(steps) / max(denoise, 1e-3))
    let whole = levels(schedule, skipsPenultimate ? count + 1 : count)
    let kept = whole.dropLast(skipsPenultimate ? 1 : 0)
    return (isWhole ? kept : kept.suffix(steps)) + [0]
  }

  /// What the first noise is multiplied by: sigma beside a picture; where a run starts from noise alone, mostly
  /// what keeps the variance that the model saw.
  ///
  /// - Parameter isWhole: whether the run has all levels of the schedule.
  func startScale(_ sigma: Float, of schedule: NoiseSchedule, isWhole: Bool) -> Float {
    let keepsVariance =
      switch self {
      case .trailing, .linspace: false
      case .leading: isWhole
      default: schedule.isNoiseAlone(at: sigma)
      }
    return keepsVariance ? (1 + sigma * sigma).squareRoot() : sigma
  }
}
