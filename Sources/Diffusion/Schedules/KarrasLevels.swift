import Glibc

/// Karras et al., "Elucidating the Design Space of Diffusion-Based Generative Models" (2022),
/// equation 5, with rho 7.
func karrasLevels(_ schedule: NoiseSchedule, count: Int) -> [Float] {
  let rho = 7.0
  let high = pow(Double(schedule.sigmaMax), 1 / rho)
  let low = pow(Double(schedule.sigmaMin), 1 / rho)
  return (0..<count).map { index in
    let share = Double(index) / Double(max(count - 1, 1))
    return Float(pow(high + share * (low - high), rho))
  }
}
