import DefaultModel
import Testing

@testable import Diffusion
@testable import Tensor

/// Decoding and encoding in bands against the same layers over whole pictures.
@Suite struct VAEBandTests {
  private static let folders = [
    Fixtures.model("sd1"), Fixtures.model("sdxl"), DefaultModel.path ?? "",
  ]
  private static let sizes = [(7, 5), (61, 67), (130, 43)]

  @Test(arguments: folders, sizes)
  func theMemoryBudgetChangesNoBit(_ folder: String, _ size: (Int, Int)) throws {
    let vae = try load(folder)
    let (height, width) = pixels(vae, size)
    let latent = noise([1, height / vae.scale, width / vae.scale, vae.latentChannels])
    let expected = whole(
      vae.decoder.steps, vae.decoder.lowest(latent * vae.scalingFactor))
    let image = noise([1, height, width, 3])
    let encoded = vae.encode(image, memory: 1 << 40)
    for megabytes in [0, 2, 4, 8, 16, 32, 64, 128, 1 << 20] {
      let memory = megabytes << 20
      let decoded = vae.decoder(latent * vae.scalingFactor, memory: memory)
      #expect(bits(decoded) == bits(expected), "decoding in \(megabytes) MiB")
      #expect(bits(vae.encode(image, memory: memory)) == bits(encoded))
    }
  }

  @Test(arguments: folders)
  func encodingInBandsIsThatOfTheWhole(_ folder: String) throws {
    let encoder = try load(folder).encoder
    let image = noise([1, 256, 200, 3])
    let plan = encoder.steps.plan(lines: 256, width: 200, memory: 1 << 20)
    let banded = BandRun(encoder.steps, plan)(image)
    #expect(bits(banded) == bits(whole(encoder.steps, image)))
  }

  @Test func severalSamplesAreDecodedAsEachAlone() throws {
    let vae = try load(Fixtures.model("sd1"))
    let latents = (0..<3).map { noise([1, 9, 6, vae.latentChannels], seed: UInt64($0)) }
    let together = vae.decode(.concatenating(latents))
    #expect(bits(together) == latents.flatMap { bits(vae.decode($0)) })
  }

  @Test(arguments: [12, 16, 24, 48, 96])
  func whatIsHeldStaysWithinTheBudget(_ megabytes: Int) throws {
    let vae = try load(DefaultModel.path ?? "")
    let latent = noise([1, 64, 64, vae.latentChannels])
    _ = vae.decode(noise([1, 1, 1, vae.latentChannels]))
    let plan = vae.plan(decodingTo: 512, 512, memory: megabytes << 20)
    var shape: Shape = []
    let peak = TensorMemory.peak {
      shape = vae.decode(latent, memory: megabytes << 20).shape
    }
    #expect(shape == [1, 512, 512, 3])
    #expect(peak <= plan.peakBytes, "planned \(plan.peakBytes), held \(peak)")
  }

  /// The shape of Stable Diffusion's autoencoder.
  @Test(arguments: [(512, 0.8, 1.0), (1024, 1.5, 1.0), (2048, 2, 3.5)])
  func largePicturesHaveAPlan(_ size: Int, _ gigabytes: Double, _ work: Double) throws {
    let vae = VAE(.random, .stableDiffusion)
    let budget = Int(gigabytes * Double(1 << 30))
    #expect(vae.peakBytes(width: size, height: size, memory: budget) <= budget)
    #expect(vae.plannedWork(width: size, height: size, memory: budget) <= work)
  }

  // MARK: - Support

  private func load(_ folder: String) throws -> VAE { try PartFolder(path: "\(folder)/vae").load() }

  private func pixels(_ vae: VAE, _ size: (Int, Int)) -> (Int, Int) {
    let factor = max(vae.scale / 2, 2)
    return (size.0 * factor / vae.scale * vae.scale, size.1 * factor / vae.scale * vae.scale)
  }

  private func noise(_ shape: Shape, seed: UInt64 = 5) -> Tensor {
    var generator = NoiseGenerator(seed: Int(seed))
    return generator.noise(shape)
  }

  private func bits(_ tensor: Tensor) -> [UInt32] { tensor.elements.map(\.bitPattern) }

  /// The steps as the layers do them.
  private func whole(_ steps: [BandStep], _ x: Tensor) -> Tensor {
    steps.reduce(x) { x, step in
      switch step.work {
      case .convolution(let conv, let norm): norm.map { conv($0.input(x, then: .silu)) } ?? conv(x)
      case .upsampling(let layer): layer(x, height: 2 * x.shape[1], width: 2 * x.shape[2])
      case .downsampling(let layer): layer(x)
      case .resnet(let block): block(x)
      }
    }
  }
}
