import Engine
import Tensor

/// The tensors of a stored value, by name.
struct StoredTensors {
  let tensors: [String: Tensor]

  /// The tensor of this name. Throws `MissingTensor`.
  subscript(name: String) -> Tensor {
    get throws {
      guard let tensor = tensors[name] else { throw MissingTensor(name: name) }
      return tensor
    }
  }

  /// The elements of the tensor of this name, so many. Throws `MissingTensor`.
  func numbers(_ name: String, count: Int) throws -> [Float] {
    let numbers = try self[name].elements
    guard numbers.count == count else { throw MissingTensor(name: name) }
    return numbers
  }
}

/// A stored value that lacks a part: the store takes it for damaged and the value is made again.
struct MissingTensor: Error {
  var name: String
}

extension PortStorage {
  /// Keeps a value as a safetensors file.
  static func tensors(
    encode: @escaping @Sendable (Value) -> [(String, Tensor)],
    decode: @escaping @Sendable (StoredTensors) throws -> Value
  ) -> PortStorage {
    PortStorage(
      encode: { SafetensorsWriter.encode(encode($0)) },
      decode: { bytes in
        try decode(StoredTensors(tensors: SafetensorsReader.decode(bytes, name: "a stored value")))
      })
  }
}
