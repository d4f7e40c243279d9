/// What is wrong with a model folder. Every case names the file, and where there is one the key.
public enum CheckpointError: Error, Equatable, Sendable {
  /// The file or folder is not there; `hint` says what to do.
  case missing(path: String, hint: String)
  /// The file is there but cannot be read.
  case unreadable(path: String, reason: String)
  /// The file is not what its name says: not JSON, or not of the expected structure.
  case malformed(path: String, reason: String)
  /// A configuration's value is absent, of another type or out of range.
  case configuration(path: String, key: String, expected: String, found: String)
  /// A valid configuration of something that is not implemented.
  case unsupported(path: String, key: String, value: String, supported: String)
  /// Tensors that the configuration calls for are absent, of another shape or not of a float type.
  case weights(path: String, problems: [WeightProblem])
  /// Two parts of the checkpoint do not fit together.
  case disagreement(path: String, reason: String)
}

extension CheckpointError: CustomStringConvertible {
  /// One sentence: the file, what is wrong, the fix where there is one.
  public var description: String {
    switch self {
    case .missing(let path, let hint):
      "\(path): not found; \(hint)"
    case .unreadable(let path, let reason):
      "\(path): cannot be read: \(reason)"
    case .malformed(let path, let reason):
      "\(path): \(reason)"
    case .configuration(let path, let key, let expected, let found):
      "\(path): `\(key)` must be \(expected), but is \(found)"
    case .unsupported(let path, let key, let value, let supported):
      "\(path): `\(key)` \(value) is not supported; \(supported)"
    case .weights(let path, let problems):
      "\(path): " + WeightProblem.summary(of: problems)
    case .disagreement(let path, let reason):
      "\(path): \(reason)"
    }
  }
}

/// One tensor that is not as the model needs it.
public enum WeightProblem: Equatable, Sendable, CustomStringConvertible {
  case missing(key: String, expected: [Int])
  case shape(key: String, expected: [Int], found: [Int])
  case type(key: String, found: String)

  /// The full key, the expected and the found.
  public var description: String {
    switch self {
    case .missing(let key, let expected):
      "the tensor `\(key)` \(expected) is missing"
    case .shape(let key, let expected, let found):
      "the tensor `\(key)` must have the shape \(expected), but has \(found)"
    case .type(let key, let found):
      "the tensor `\(key)` must be of type F16, BF16 or F32, but is \(found)"
    }
  }

  /// The first few problems in one sentence: a wrong configuration makes hundreds.
  static func summary(of problems: [WeightProblem]) -> String {
    let shown = problems.prefix(3).map(\.description).joined(separator: "; ")
    return problems.count > 3 ? shown + "; and \(problems.count - 3) more" : shown
  }
}
