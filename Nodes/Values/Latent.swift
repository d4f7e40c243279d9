import Engine
import Graph
import Tensor

/// A picture as the diffusion model sees it.
struct Latent: Sendable {
  /// `[1, H / 8, W / 8, C]`, scaled as the model was trained.
  var samples: Tensor

  /// The size of the picture, in pixels.
  var width: Int { samples.shape[2] * latentScale }
  var height: Int { samples.shape[1] * latentScale }
}

extension Latent: PortValue {
  static var portType: PortType { .latent(.variable("F"), .unknown) }
  static var storage: PortStorage<Self>? {
    .tensors(encode: { [("samples", $0.samples)] }, decode: { Latent(samples: try $0["samples"]) })
  }
  var byteCount: Int { samples.byteCount }
}
