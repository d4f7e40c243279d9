/// Timesteps evenly from the largest noise level to the smallest (k-diffusion's `get_sigmas`).
func normalLevels(_ schedule: NoiseSchedule, count: Int) -> [Float] {
  let last = Double(schedule.sigmas.count - 1)
  let stride = last / Double(max(count - 1, 1))
  return (0..<count).map { schedule.sigma(at: last - Double($0) * stride) }
}
