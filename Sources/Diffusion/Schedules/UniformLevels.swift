/// Timesteps evenly from the largest noise level to the smallest (k-diffusion's `get_sigmas`).
func normalLevels(_ schedule: NoiseSchedule, _ count: Int) -> [Float] {
  evenTimesteps(schedule, count, intervals: count - 1)
}

/// The same without the smallest level (ComfyUI's `normal_scheduler` with `sgm`), as Stability AI's
/// generative models are sampled.
func sgmUniformLevels(_ schedule: NoiseSchedule, _ count: Int) -> [Float] {
  evenTimesteps(schedule, count, intervals: count)
}

private func evenTimesteps(_ schedule: NoiseSchedule, _ count: Int, intervals: Int) -> [Float] {
  let first = Double(schedule.timestep(of: schedule.sigmaMax))
  let last = Double(schedule.timestep(of: schedule.sigmaMin))
  return (0..<count).map { step in
    schedule.sigma(at: first + (last - first) * Double(step) / Double(max(intervals, 1)))
  }
}

/// The levels of training steps at even distances down from the last (ComfyUI's `simple_scheduler`).
func simpleLevels(_ schedule: NoiseSchedule, _ count: Int) -> [Float] {
  let total = schedule.sigmas.count
  return (0..<count).map { step in
    schedule.sigmas[total - 1 - Int(Double(step) * (Double(total) / Double(count)))]
  }
}

/// The levels of training steps in whole strides up from the second (ComfyUI's `ddim_scheduler`). They may
/// be some more than `count`, and are fewer where that is more than the training's.
func ddimUniformLevels(_ schedule: NoiseSchedule, _ count: Int) -> [Float] {
  let total = schedule.sigmas.count
  return stride(from: 1, to: total, by: max(total / count, 1)).map { schedule.sigmas[$0] }
    .reversed()
}
