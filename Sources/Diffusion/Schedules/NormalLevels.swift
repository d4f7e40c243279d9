/// Timesteps evenly from the largest noise level to the smallest (k-diffusion's `get_sigmas`).
func normalLevel(_ schedule: NoiseSchedule, step: Int, of count: Int) -> Float {
  let share = Double(step) / Double(max(count - 1, 1))
  return schedule.sigma(at: Double(schedule.sigmas.count - 1) * (1 - share))
}
