import DefaultModel
import Glibc
import Tensor
import Testing

@testable import Diffusion

/// What integers of 8 bits in the transformers cost a UNet, against itself in full precision.
@Suite struct Int8UNetTests {
  /// Of the model that comes with Easel, on its reference's inputs.
  @Test func theEmbeddedModelDiffersByFewThousandths() throws {
    let reference = try Reference("default-model", prefix: "unet")
    let (sample, context) = (try reference["sample"], try reference["context"])
    let added: AddedConditioning? =
      reference.contains("time_ids")
      ? AddedConditioning(
        pooled: try reference["text_embeds"], timeIDs: try reference["time_ids"]) : nil
    let folder = PartFolder(path: "\(DefaultModel.path ?? "")/unet")
    let outputs = try LinearPrecision.allCases.map { precision in
      let unet: UNet = try folder.load(precision: precision)
      return unet(
        sample, timestep: try reference["timestep"].elements[0], context: context, added: added)
    }
    expect(outputs, within: 0.005, "embedded model")
  }

  /// Of a model in the proportions of SD 1.5, a fifth as wide, with random weights: nothing in it was trained to bear
  /// noise, and nearly all that comes out has been through every transformer.
  @Test func aRandomModelDiffersByFewPerCent() {
    let latent = Tensor.pseudorandom([2, 32, 32, 4], seed: 1)
    let context = Tensor.pseudorandom([2, 77, 768], seed: 2)
    let outputs = LinearPrecision.allCases.map { precision in
      UNet(.random(precision: precision), .narrow)(latent, timestep: 500, context: context)
    }
    expect(outputs, within: 0.04, "random weights")
  }

  private func expect(_ outputs: [Tensor], within limit: Double, _ name: String) {
    let (full, reduced) = (outputs[0].elements, outputs[1].elements)
    let error = zip(full, reduced).reduce(0.0) { $0 + pow(Double($1.0 - $1.1), 2) }
    let size = full.reduce(0.0) { $0 + pow(Double($1), 2) }
    let relative = (error / size).squareRoot()
    print("int8, \(name): the UNet's output differs by \(relative) (relative rms)")
    #expect(relative > 0 && relative < limit)
  }
}

extension UNetConfiguration {
  fileprivate static let narrow = UNetConfiguration(
    inChannels: 4, outChannels: 4, contextWidth: 768,
    levels: [64, 128, 256].map {
      Level(channels: $0, layers: 2, depth: 1, heads: 8, attendsDown: true, attendsUp: true)
    }, usesLinearProjection: false, groups: 32, epsilon: 1e-5, flipsSineToCosine: true,
    frequencyShift: 0, added: nil)
}
