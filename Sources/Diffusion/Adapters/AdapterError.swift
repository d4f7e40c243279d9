/// What is wrong with an adapter, or with it on a model. Every case names the file.
public enum AdapterError: Error, Equatable, Sendable {
  /// A folder without the file of an adapter.
  case missing(folder: String, names: [String])
  /// No tensor has the name of one in an adapter.
  case noAdapter(path: String)
  /// A module lacks one of the tensors that make up its change.
  case incomplete(path: String, module: String, missing: String)
  /// A tensor's shape does not fit the others of its module.
  case shape(path: String, key: String, found: [Int], reason: String)
  /// A tensor is not of a float type.
  case type(path: String, key: String, found: String)
  /// A tensor has infinite numbers, or ones that are none.
  case notFinite(path: String, key: String)
  /// A change is of another shape than the weight, both as matrices.
  case mismatch(path: String, module: String, weight: String, expected: [Int], found: [Int])
  /// The model has none of the modules.
  case nothingFits(path: String, example: String)
  /// A model without text encoders has none to give out.
  case noEncoder
}

extension AdapterError: CustomStringConvertible {
  /// One sentence: the file, what is wrong, the fix where there is one.
  public var description: String {
    switch self {
    case .missing(let folder, let names):
      "\(folder): has no adapter; it should be called \(names.joined(separator: " or "))"
    case .noAdapter(let path):
      "\(path): is no LoRA or the like: none of its tensors is called as one in an adapter"
    case .incomplete(let path, let module, let missing):
      "\(path): `\(module)` lacks its `\(missing)`; download the file again"
    case .shape(let path, let key, let found, let reason):
      "\(path): the tensor `\(key)` \(found) \(reason)"
    case .type(let path, let key, let found):
      "\(path): the tensor `\(key)` must be of type F16, BF16 or F32, but is \(found)"
    case .notFinite(let path, let key):
      "\(path): the tensor `\(key)` has values that are not finite; the file is damaged"
    case .mismatch(let path, let module, let weight, let expected, let found):
      "\(path): `\(module)` changes a matrix of \(found), but the model's `\(weight)` is one of \(expected); "
        + "the adapter was made for another model"
    case .nothingFits(let path, let example):
      "\(path): the model has none of its modules, such as `\(example)`; the adapter was made for another model"
    case .noEncoder:
      "the model came without text encoders; give `load-lora` an `encoder`"
    }
  }
}
