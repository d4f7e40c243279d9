import Diffusion
import Engine
import Graph
import Tensor

extension Conditioning: PortValue {
  /// The type of a port for it, before anything is inferred.
  public static var portType: PortType { .handle(.conditioning, .variable("F")) }
  /// Weights are never stored: what has a ControlNet is made again from its file.
  public var isStorable: Bool { controls.isEmpty }
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
    let tensors = parts.flatMap(\.tensors).reduce(0) { $0 + $1.tensor.byteCount }
    return tensors + controls.reduce(0) { $0 + $1.byteCount }
  }
}

extension Conditioning.Part {
  /// All that it consists of but ControlNets.
  fileprivate var tensors: [(name: String, tensor: Tensor)] {
    var tensors = [
      (name: "context", tensor: context),
      (name: "scope", tensor: Tensor([3], [strength, range.start, range.end])),
    ]
    if let pooled { tensors.append(("pooled", pooled)) }
    if let sizes { tensors.append(("sizes", Tensor([6], sizes.numbers))) }
    if let concat { tensors.append(("concat", concat)) }
    if let area { tensors.append(("area", Tensor([5], area.numbers))) }
    if let mask { tensors += mask.tensors }
    return tensors
  }

  fileprivate init(_ stored: StoredTensors, index: Int) throws {
    self.init(
      context: try stored["\(index).context"], pooled: stored.tensors["\(index).pooled"],
      sizes: stored.tensors["\(index).sizes"].flatMap { SizeConditioning($0.elements) })
    let scope = try stored.numbers("\(index).scope", count: 3)
    strength = scope[0]
    range = TimestepRange(start: scope[1], end: scope[2])
    concat = stored.tensors["\(index).concat"]
    area = stored.tensors["\(index).area"].flatMap { PromptArea($0.elements) }
    guard let values = stored.tensors["\(index).mask"], values.shape.rank == 2 else { return }
    let numbers = try stored.numbers("\(index).mask-scope", count: 2)
    mask = PromptMask(values: values, strength: numbers[0], isCropped: numbers[1] == 1)
  }
}

extension PromptMask {
  fileprivate var tensors: [(name: String, tensor: Tensor)] {
    [("mask", values), ("mask-scope", Tensor([2], [strength, isCropped ? 1 : 0]))]
  }
}

extension PromptArea {
  /// The unit, 0 for pixels, and four numbers.
  fileprivate var numbers: [Float] {
    switch self {
    case .pixels(let x, let y, let width, let height): [0] + [x, y, width, height].map(Float.init)
    case .fractions(let x, let y, let width, let height): [1, x, y, width, height]
    }
  }

  fileprivate init?(_ numbers: [Float]) {
    guard numbers.count == 5 else { return nil }
    let whole = numbers.compactMap { Int(exactly: $0) }
    if numbers[0] == 1 {
      self = .fractions(x: numbers[1], y: numbers[2], width: numbers[3], height: numbers[4])
    } else if whole.count == 5 {
      self = .pixels(x: whole[1], y: whole[2], width: whole[3], height: whole[4])
    } else {
      return nil
    }
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
