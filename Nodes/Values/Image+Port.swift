import Engine
import Graph
import Imaging

extension Image: PortValue {
  /// The type of a port for it, before anything is inferred.
  public static var portType: PortType { .image(.unknown) }
  /// It is kept as a safetensors file.
  public static var storage: PortStorage<Self>? {
    .tensors(
      encode: { [("pixels", $0.pixels)] }, decode: { Image(pixels: try $0["pixels"]) })
  }
  /// The memory that its tensors hold.
  public var byteCount: Int { pixels.byteCount }
}

extension Mask: PortValue {
  /// The type of a port for it, before anything is inferred.
  public static var portType: PortType { .mask(.unknown) }
  /// It is kept as a safetensors file.
  public static var storage: PortStorage<Self>? {
    .tensors(
      encode: { [("values", $0.values)] }, decode: { Mask(values: try $0["values"]) })
  }
  /// The memory that its tensors hold.
  public var byteCount: Int { values.byteCount }
}
