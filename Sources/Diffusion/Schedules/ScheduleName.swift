/// A schedule by the name that users know: `normal` and `karras` are ComfyUI's, `leading` and `trailing`
/// diffusers' timestep spacings.
public enum ScheduleName: String, Sendable, CaseIterable {
  case normal
  case karras
  case leading
  case trailing

  /// The noise level before a step, counted from 0, of a whole run of `count` steps.
  private var level: @Sendable (_ schedule: NoiseSchedule, _ step: Int, _ count: Int) -> Float {
    switch self {
    case .normal: normalLevel
    case .karras: karrasLevel
    case .leading: leadingLevel
    case .trailing: trailingLevel
    }
  }

  /// The noise levels of a run: `steps` falling ones, and a zero.
  ///
  /// A `denoise` under 1 takes the last `steps` of as many as would make a whole run, as ComfyUI does;
  /// zero gives no levels, a run without a step. What lies between zero and a millionth counts as a
  /// millionth.
  ///
  /// - Parameters:
  ///   - steps: at least 1.
  ///   - denoise: in 0...1.
  public func sigmas(_ schedule: NoiseSchedule, steps: Int, denoise: Double = 1) -> [Float] {
    guard denoise > 0 else { return [] }
    let whole = denoise > 0.9999 ? steps : Int(Double(steps) / max(denoise, 1e-6))
    return (whole - steps..<whole).map { level(schedule, $0, whole) } + [0]
  }

  /// What noise is multiplied by where a run starts from noise alone. diffusers starts `trailing` with
  /// sigma itself; everyone else keeps the variance that the model saw.
  func startScale(_ sigma: Float) -> Float {
    self == .trailing ? sigma : (1 + sigma * sigma).squareRoot()
  }
}
