/// A while of a run, in parts of the model's training steps: 0 is noise alone, 1 the finished picture.
public struct TimestepRange: Hashable, Sendable {
  /// Where it begins, 0 to 1.
  public var start: Float
  /// Where it ends, 0 to 1; at least `start`.
  public var end: Float

  /// The whole run.
  public init(start: Float = 0, end: Float = 1) {
    self.start = start
    self.end = end
  }

  /// Whether a noise level lies in it; its ends do.
  func contains(_ sigma: Float, of schedule: NoiseSchedule) -> Bool {
    (schedule.sigma(after: end)...schedule.sigma(after: start)).contains(sigma)
  }
}

extension NoiseSchedule {
  /// The noise level after a part of the training steps, counted from noise alone; beyond all levels at 0, none at 1
  /// (ComfyUI's `percent_to_sigma`).
  func sigma(after fraction: Float) -> Float {
    if fraction <= 0 { return .infinity }
    if fraction >= 1 { return 0 }
    return sigma(atStep: (1 - Double(fraction)) * Double(sigmas.count - 1))
  }
}
