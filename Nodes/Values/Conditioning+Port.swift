import Diffusion
import Engine
import Graph

extension Conditioning: PortValue {
  public static var portType: PortType { .handle(.conditioning, .variable("F")) }
  public static var storage: PortStorage<Self>? {
    .tensors(
      encode: { value in
        [("context", value.context)] + (value.pooled.map { [("pooled", $0)] } ?? [])
      },
      decode: { stored in
        Conditioning(context: try stored["context"], pooled: stored.tensors["pooled"])
      })
  }
  public var byteCount: Int { context.byteCount + (pooled?.byteCount ?? 0) }
}
