import Engine
import Graph
import Tensor

/// A picture as the diffusion model sees it, or a batch of pictures of one size.
struct Latent: Sendable {
  /// `[N, H / 8, W / 8, C]`, scaled as the model was trained; N is 1 but for batches.
  var samples: Tensor

  /// The size of the picture, in pixels.
  var width: Int { samples.shape[2] * latentScale }
  var height: Int { samples.shape[1] * latentScale }
  /// How many pictures it stands for.
  var count: Int { samples.shape[0] }

  /// One of the batch, counted from 0.
  subscript(index: Int) -> Latent { Latent(samples: samples.slice(index..<index + 1)) }

  /// Throws `LatentBatchError` for a batch of several.
  func requireSingle(help: String) throws {
    guard count == 1 else { throw LatentBatchError.several(count: count, help: help) }
  }
}

extension Latent: PortValue {
  static var portType: PortType { .latent(.variable("F"), .unknown) }
  static var storage: PortStorage<Self>? {
    .tensors(encode: { [("samples", $0.samples)] }, decode: { Latent(samples: try $0["samples"]) })
  }
  var byteCount: Int { samples.byteCount }
}
