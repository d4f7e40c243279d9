import Diffusion
import Engine
import Graph
import Tensor

extension Conditioning: PortValue {
  /// The type of a port for it, before anything is inferred.
  public static var portType: PortType { .handle(.conditioning, .variable("F")) }
  /// It is kept as a safetensors file, with the parts numbered.
  public static var storage: PortStorage<Self>? {
    .tensors(
      encode: { value in
        value.parts.enumerated().flatMap { index, part in
          part.tensors.map { ("\(index).\($0.name)", $0.tensor) }
        }
      },
      decode: { stored in
        let count = stored.tensors.keys.count { $0.hasSuffix(".context") }
        guard count > 0 else { throw MissingTensor(name: "0.context") }
        return Conditioning(try (0..<count).map { try Part(stored, index: $0) })
      })
  }
  /// The memory that its tensors hold.
  public var byteCount: Int {
    parts.reduce(0) { $0 + $1.tensors.reduce(0) { $0 + $1.tensor.byteCount } }
  }
}

extension Conditioning.Part {
  /// All that it consists of.
  fileprivate var tensors: [(name: String, tensor: Tensor)] {
    [("context", context)] + (pooled.map { [("pooled", $0)] } ?? [])
      + (sizes.map { [("sizes", Tensor([6], $0.numbers))] } ?? [])
  }

  fileprivate init(_ stored: StoredTensors, index: Int) throws {
    self.init(
      context: try stored["\(index).context"], pooled: stored.tensors["\(index).pooled"],
      sizes: stored.tensors["\(index).sizes"].flatMap { SizeConditioning($0.elements) })
  }
}

extension SizeConditioning {
  fileprivate var numbers: [Float] {
    [originalWidth, originalHeight, cropLeft, cropTop, targetWidth, targetHeight].map(Float.init)
  }

  fileprivate init?(_ numbers: [Float]) {
    let numbers = numbers.compactMap { Int(exactly: $0) }
    guard numbers.count == 6 else { return nil }
    self.init(width: numbers[0], height: numbers[1])
    (cropLeft, cropTop) = (numbers[2], numbers[3])
    (targetWidth, targetHeight) = (numbers[4], numbers[5])
  }
}
