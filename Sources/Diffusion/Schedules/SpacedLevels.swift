/// diffusers' spacing `leading`: whole strides up from the first timestep, and the configuration's offset.
func leadingLevels(_ schedule: NoiseSchedule, count: Int) -> [Float] {
  let total = schedule.sigmas.count
  let stride = count <= total ? Double(total / count) : Double(total) / Double(count)
  let offset = Double(schedule.configuration.leadingOffset)
  return (0..<count).reversed().map {
    schedule.linearSigma(at: (Double($0) * stride).rounded(.toNearestOrEven) + offset)
  }
}

/// diffusers' spacing `trailing`: strides down from the last timestep.
func trailingLevels(_ schedule: NoiseSchedule, count: Int) -> [Float] {
  let total = Double(schedule.sigmas.count)
  return (0..<count).map {
    let timestep = (total - Double($0) * total / Double(count)).rounded(.toNearestOrEven) - 1
    return schedule.linearSigma(at: timestep)
  }
}
