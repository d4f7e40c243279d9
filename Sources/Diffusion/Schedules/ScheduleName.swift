/// A schedule by the name that users know: `normal` and `karras` are ComfyUI's, `leading` and `trailing`
/// diffusers' timestep spacings.
public enum ScheduleName: String, Sendable, CaseIterable {
  case normal
  case karras
  case leading
  case trailing

  /// The falling noise levels of `count` steps, without the zero behind them.
  private var levels: @Sendable (_ schedule: NoiseSchedule, _ count: Int) -> [Float] {
    switch self {
    case .normal: normalLevels
    case .karras: karrasLevels
    case .leading: leadingLevels
    case .trailing: trailingLevels
    }
  }

  /// The noise levels of a run: `steps` falling ones, and a zero.
  ///
  /// A `denoise` under 1 takes the last `steps` of as many as would make a whole run, as ComfyUI does;
  /// zero gives no levels, a run without a step.
  ///
  /// - Parameters:
  ///   - steps: at least 1.
  ///   - denoise: in 0...1.
  public func sigmas(_ schedule: NoiseSchedule, steps: Int, denoise: Double = 1) -> [Float] {
    guard denoise > 0 else { return [] }
    let whole = denoise > 0.9999 ? steps : Int(Double(steps) / denoise)
    return levels(schedule, whole).suffix(steps) + [0]
  }

  /// What noise is multiplied by where a run starts from noise alone. diffusers starts `trailing` with
  /// sigma itself; everyone else keeps the variance that the model saw.
  func startScale(_ sigma: Float) -> Float {
    self == .trailing ? sigma : (1 + sigma * sigma).squareRoot()
  }
}
