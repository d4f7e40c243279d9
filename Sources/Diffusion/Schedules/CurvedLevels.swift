import Glibc

/// Karras et al., "Elucidating the Design Space of Diffusion-Based Generative Models" (2022),
/// equation 5, with rho 7.
func karrasLevels(_ schedule: NoiseSchedule, _ count: Int) -> [Float] {
  let rho = 7.0
  return levels(schedule, count, by: { pow($0, 1 / rho) }, and: { pow($0, rho) })
}

/// Evenly by the logarithms of the levels (k-diffusion's `get_sigmas_exponential`).
func exponentialLevels(_ schedule: NoiseSchedule, _ count: Int) -> [Float] {
  levels(schedule, count, by: log, and: exp)
}

/// Evenly by the arcs whose tangents the levels are: Sabour, Fidler and Kreis, "Align Your Steps" (2024),
/// section 3.1 (ComfyUI's `kl_optimal_scheduler`).
func klOptimalLevels(_ schedule: NoiseSchedule, _ count: Int) -> [Float] {
  levels(schedule, count, by: atan, and: tan)
}

/// From the largest level to the smallest, evenly by a function of them with this inverse.
private func levels(
  _ schedule: NoiseSchedule, _ count: Int, by function: (Double) -> Double,
  and inverse: (Double) -> Double
) -> [Float] {
  let high = function(Double(schedule.sigmaMax))
  let low = function(Double(schedule.sigmaMin))
  return (0..<count).map { step in
    Float(inverse(high + (low - high) * Double(step) / Double(max(count - 1, 1))))
  }
}

/// Half of the steps evenly within the first fortieth of the way from the largest level to zero, the others ever
/// longer: the schedule of Genmo's Mochi (ComfyUI's `linear_quadratic_schedule`).
func linearQuadraticLevels(_ schedule: NoiseSchedule, _ count: Int) -> [Float] {
  guard count > 1 else { return [schedule.sigmaMax] }
  let (slow, fast) = (Double(count / 2), Double(count - count / 2))
  let start = 0.025
  let excess = slow - start * Double(count)
  let square = excess / (slow * fast * fast)
  let linear = start / slow - 2 * excess / (fast * fast)
  return (0..<count).map { step in
    let step = Double(step)
    let way =
      step < slow
      ? step * start / slow : square * step * step + linear * step + square * slow * slow
    return Float(1 - way) * schedule.sigmaMax
  }
}
