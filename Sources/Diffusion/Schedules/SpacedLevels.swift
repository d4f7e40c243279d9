/// diffusers' spacing `leading`: whole strides up from the first timestep, and the configuration's offset.
func leadingLevel(_ schedule: NoiseSchedule, step: Int, of count: Int) -> Float {
  let total = schedule.sigmas.count
  let stride = count <= total ? Double(total / count) : Double(total) / Double(count)
  let timestep = (Double(count - 1 - step) * stride).rounded(.toNearestOrEven)
  return schedule.linearSigma(at: timestep + Double(schedule.configuration.leadingOffset))
}

/// diffusers' spacing `trailing`: strides down from the last timestep.
func trailingLevel(_ schedule: NoiseSchedule, step: Int, of count: Int) -> Float {
  let total = Double(schedule.sigmas.count)
  let timestep = (total - Double(step) * total / Double(count)).rounded(.toNearestOrEven) - 1
  return schedule.linearSigma(at: timestep)
}
