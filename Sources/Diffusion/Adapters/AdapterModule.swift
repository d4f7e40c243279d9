import Tensor

/// All tensors of an adapter that belong to one module of the model.
struct AdapterModule {
  /// The adapter's file.
  let path: String
  /// The module as the file spells it.
  let name: String
  private(set) var tensors: [AdapterField: AdapterTensor] = [:]

  init(path: String, name: String) {
    self.path = path
    self.name = name
  }

  mutating func add(_ field: AdapterField, _ tensor: AdapterTensor) throws {
    guard tensor.elements.dtype.holdsWeights else {
      throw AdapterError.type(path: path, key: tensor.key, found: tensor.elements.dtype.rawValue)
    }
    guard tensor.shape.count > 0 else {
      throw wrong(tensor, "is empty")
    }
    tensors[field] = tensor
  }

  subscript(field: AdapterField) -> AdapterTensor? { tensors[field] }

  func has(_ fields: AdapterField...) -> Bool { fields.contains { tensors[$0] != nil } }

  /// The tensor of a field that must be there, with at least two axes.
  func required(_ field: AdapterField) throws -> AdapterTensor {
    guard let tensor = tensors[field] else {
      throw AdapterError.incomplete(path: path, module: name, missing: field.rawValue)
    }
    guard tensor.shape.rank >= 2 else { throw wrong(tensor, "is no matrix") }
    return tensor
  }

  /// The number in a field; nil where it is not there.
  func number(_ field: AdapterField) throws -> Float? {
    guard let tensor = tensors[field] else { return nil }
    guard tensor.shape.count == 1, let number = tensor.read().elements.first else {
      throw wrong(tensor, "is no single number")
    }
    return number
  }

  func wrong(_ tensor: AdapterTensor, _ reason: String) -> AdapterError {
    .shape(path: path, key: tensor.key, found: tensor.shape.sizes, reason: reason)
  }
}
