import Tensor

/// A copy of a UNet's way down and middle that looks at a picture, the hint, and says what the UNet should add.
///
/// Source: Zhang, Rao and Agrawala, "Adding Conditional Control to Text-to-Image Diffusion Models" (2023), section 3;
/// diffusers' `ControlNetModel`.
public struct ControlNet: Sendable {
  let configuration: ControlNetConfiguration
  private let encoder: UNetEncoder
  private let hintEmbedding: HintEmbedding
  /// The paper's zero convolutions, of one pixel: for each output that is kept, and for the middle's.
  private let zeroConvs: [Linear]

  init(_ weights: Weights, _ configuration: ControlNetConfiguration) {
    self.configuration = configuration
    let kept = configuration.trunk.keptChannels
    encoder = UNetEncoder(weights, configuration.trunk)
    hintEmbedding = HintEmbedding(
      weights["controlnet_cond_embedding"], configuration.hintChannels, to: kept[0])
    let places = kept.indices.map { weights["controlnet_down_blocks"][$0] }
    zeroConvs = zip(
      places + [weights["controlnet_mid_block"]], kept + [kept[kept.count - 1]]
    ).map { Linear($0, $1, $1, storage: .convolution) }
  }

  /// What a hint is to the network, the same at every step.
  /// - Parameter hint: `[N, H, W, 3]`, in 0...1, of `hintScale` times the latent's height and width.
  /// - Returns: `[N, h, w, C]`.
  func embedding(of hint: Tensor) -> Tensor { hintEmbedding(hint) }

  /// - Parameters:
  ///   - x: the noisy latent that the UNet is given, without channels beside it: `[N, h, w, C]`.
  ///   - added: SDXL's second condition; nil for the other families.
  ///   - hint: the hint's embedding, `[N, h, w, C]`.
  func callAsFunction(
    _ x: Tensor, timestep: Float, context: TextContext, added: AddedConditioning? = nil,
    hint: Tensor
  ) -> ControlResiduals {
    TensorArena.keeping {
      let encoded = encoder(x, timestep: timestep, context: context, added: added, plus: hint)
      return ControlResiduals(
        tensors: zip(encoded.skips + [encoded.middle], zeroConvs).map { $1($0) })
    }
  }
}

extension ControlNet: CheckpointPart {}
extension ControlNetConfiguration: PartConfiguration {}
