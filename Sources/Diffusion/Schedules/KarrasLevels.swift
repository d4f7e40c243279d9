import Glibc

/// Karras et al., "Elucidating the Design Space of Diffusion-Based Generative Models" (2022),
/// equation 5, with rho 7.
func karrasLevel(_ schedule: NoiseSchedule, step: Int, of count: Int) -> Float {
  let rho = 7.0
  let high = pow(Double(schedule.sigmaMax), 1 / rho)
  let low = pow(Double(schedule.sigmaMin), 1 / rho)
  let share = Double(step) / Double(max(count - 1, 1))
  return Float(pow(high + share * (low - high), rho))
}
