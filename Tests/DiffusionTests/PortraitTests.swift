import DefaultModel
import Glibc
import Tensor
import Testing

@testable import Diffusion

/// Whole runs of the embedded model, against diffusers' own pipeline with its Euler scheduler.
@Suite struct PortraitTests {
  @Test(arguments: [20, 25])
  func thePictureIsThatOfDiffusers(_ steps: Int) throws {
    let file = try SafetensorsFile(path: Fixtures.path("portraits.safetensors"))
    let checkpoint = try Checkpoint(opening: DefaultModel.path ?? "")
    let latent = try draw(checkpoint, prompt: file.header.metadata["prompt"] ?? "", steps: steps)
    let picture = try checkpoint.vae().decode(latent).map { min(max($0, -1), 1) }
    let expected = try file.tensor("\(steps).picture").transposedToChannelsLast()
    #expect(
      try latent.relativeError(to: file.tensor("\(steps).latent").transposedToChannelsLast())
        < tolerance)
    #expect(signalToNoise(picture, expected) > 50)
  }

  /// The figure that the node's page gives. Sampling enlarges rounding errors of any kind: those of other kernels alone
  /// move the ratio by a few dB.
  @Test(arguments: [2, 7, 11])
  func thePictureOfIntegersIsNearlyTheSame(_ seed: Int) throws {
    let pictures = try LinearPrecision.allCases.map { precision in
      let checkpoint = try Checkpoint(opening: DefaultModel.path ?? "", precision: precision)
      let prompt = "a portrait of a smiling person with glasses and long red hair"
      let latent = try draw(checkpoint, prompt: prompt, steps: 25, seed: seed)
      return try checkpoint.vae().decode(latent).map { min(max($0, -1), 1) }
    }
    let ratio = signalToNoise(pictures[1], pictures[0])
    print("int8, portrait \(seed): \(ratio) dB")
    #expect(ratio > 36)
  }

  @Test(arguments: LinearPrecision.allCases)
  func theNumberOfThreadsChangesNothing(_ precision: LinearPrecision) throws {
    let checkpoint = try Checkpoint(opening: DefaultModel.path ?? "", precision: precision)
    let pool = ThreadPool.shared
    let before = pool.threadCount
    defer { pool.setThreadCount(before) }
    let bits = try [1, 2, 3].map { count in
      pool.setThreadCount(count)
      let latent = try draw(checkpoint, prompt: "a smiling person", steps: 3)
      return try checkpoint.vae().decode(latent).elements.map(\.bitPattern)
    }
    #expect(bits[0] == bits[1] && bits[0] == bits[2])
  }

  /// What the pipeline does by default with a guidance of 5 and no negative prompt.
  private func draw(
    _ checkpoint: Checkpoint, prompt: String, steps: Int, seed: Int = 7
  ) throws -> Tensor {
    let encoder = try checkpoint.textEncoder()
    let schedule = NoiseSchedule(checkpoint.header.noise)
    let denoiser = GuidedDenoiser(
      unet: try checkpoint.unet(), schedule: schedule, positive: encoder.encode(prompt),
      negative: encoder.zeros(), cfg: 5, width: 128, height: 128)
    var settings = SamplingSettings(seed: seed, steps: steps)
    settings.schedule = .leading
    let empty = Tensor([1, 16, 16, 4], repeating: 0)
    return try settings.sample(empty, model: schedule, denoise: denoiser.callAsFunction)
  }

  /// The peak signal-to-noise ratio of pictures in -1...1, in dB.
  private func signalToNoise(_ picture: Tensor, _ expected: Tensor) -> Double {
    guard picture.shape == expected.shape else { return -.infinity }
    let difference = picture - expected
    let squares = (difference * difference).elements.reduce(0.0) { $0 + Double($1) }
    return 10 * log10(4 * Double(expected.shape.count) / squares)
  }
}
