/// diffusers' spacing `leading`: whole strides up from the first timestep, and the configuration's offset.
func leadingLevels(_ schedule: NoiseSchedule, _ count: Int) -> [Float] {
  let total = schedule.sigmas.count
  let stride = count <= total ? Double(total / count) : Double(total) / Double(count)
  return (0..<count).reversed().map { step in
    let timestep = (Double(step) * stride).rounded(.toNearestOrEven)
    return schedule.linearSigma(at: timestep + Double(schedule.configuration.leadingOffset))
  }
}

/// diffusers' spacing `trailing`: strides down from the last timestep.
func trailingLevels(_ schedule: NoiseSchedule, _ count: Int) -> [Float] {
  let total = Double(schedule.sigmas.count)
  return (0..<count).map { step in
    let timestep = total - Double(step) * total / Double(count)
    return schedule.linearSigma(at: timestep.rounded(.toNearestOrEven) - 1)
  }
}

/// diffusers' spacing `linspace`: timesteps evenly from the last to the first, the levels by straight lines
/// between the training's.
func linspaceLevels(_ schedule: NoiseSchedule, _ count: Int) -> [Float] {
  let last = Double(schedule.sigmas.count - 1)
  guard count > 1 else { return [schedule.sigmaMin] }
  return (0..<count).reversed().map {
    schedule.linearSigma(at: last * Double($0) / Double(count - 1))
  }
}
