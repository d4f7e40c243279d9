import Diffusion
import Engine
import Graph

extension Conditioning: PortValue {
  /// The type of a port for it, before anything is inferred.
  public static var portType: PortType { .handle(.conditioning, .variable("F")) }
  /// It is kept as a safetensors file.
  public static var storage: PortStorage<Self>? {
    .tensors(
      encode: { value in
        [("context", value.context)] + (value.pooled.map { [("pooled", $0)] } ?? [])
      },
      decode: { stored in
        Conditioning(context: try stored["context"], pooled: stored.tensors["pooled"])
      })
  }
  /// The memory that its tensors hold.
  public var byteCount: Int { context.byteCount + (pooled?.byteCount ?? 0) }
}
