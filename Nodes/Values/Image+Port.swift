import Engine
import Graph
import Imaging

extension Image: PortValue {
  public static var portType: PortType { .image(.unknown) }
  public static var storage: PortStorage<Self>? {
    .tensors(
      encode: { [("pixels", $0.pixels)] }, decode: { Image(pixels: try $0["pixels"]) })
  }
  public var byteCount: Int { pixels.byteCount }
}

extension Mask: PortValue {
  public static var portType: PortType { .mask(.unknown) }
  public static var storage: PortStorage<Self>? {
    .tensors(
      encode: { [("values", $0.values)] }, decode: { Mask(values: try $0["values"]) })
  }
  public var byteCount: Int { values.byteCount }
}
