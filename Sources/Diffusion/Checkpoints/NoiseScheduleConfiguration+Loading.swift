extension NoiseScheduleConfiguration {
  /// Reads a `scheduler_config.json`.
  /// - Throws: `CheckpointError` where a value is out of range or of a kind that is not supported.
  init(_ file: ConfigurationFile) throws {
    self.init()
    try file.require("trained_betas", is: .null)
    if (file["_class_name"]?.text ?? "").hasPrefix("EDM") {
      edm = try EDMFormulation(file)
      prediction = try file.word("prediction_type", default: .epsilon)
      return
    }
    trainingSteps = try file.integer("num_train_timesteps", default: 1000, in: 2...100_000)
    betaStart = try file.number("beta_start", default: 0.0001, in: 1e-6...0.5)
    betaEnd = try file.number("beta_end", default: 0.02, in: 1e-6...0.5)
    betaCurve = try file.word("beta_schedule", default: .linear)
    prediction = try file.word("prediction_type", default: .epsilon)
    rescalesToZeroTerminalSNR = try file.flag("rescale_betas_zero_snr", default: false)
    leadingOffset = try file.integer("steps_offset", default: 0, in: 0...1000)
  }
}

extension EDMFormulation {
  /// Reads the configuration of diffusers' `EDMEulerScheduler` or `EDMDPMSolverMultistepScheduler`.
  fileprivate init(_ file: ConfigurationFile) throws {
    self.init()
    sigmaMin = try file.number("sigma_min", default: 0.002, in: 1e-6...1)
    sigmaMax = try file.number("sigma_max", default: 80, in: 1...1e5)
    sigmaData = try file.number("sigma_data", default: 0.5, in: 1e-3...1e3)
  }
}

extension ConfigurationFile {
  /// One of the words of an enumeration.
  fileprivate func word<Word: RawRepresentable<String> & CaseIterable>(
    _ key: String, default fallback: Word
  ) throws -> Word {
    let text = try text(key, default: fallback.rawValue)
    guard let word = Word(rawValue: text) else {
      throw wrong(key, mustBe: Word.allCases.map(\.rawValue).joined(separator: " or "))
    }
    return word
  }
}
