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
  /// Weights that are no number, or infinite.
  case notFinite(path: String, keys: [String])
  /// Results that are no number, or infinite, of weights that are finite.
  case overflow(path: String)
  /// Two parts of the checkpoint do not fit together.
  case disagreement(path: String, reason: String)
  /// A file without one of the parts that make a checkpoint; the node opens the part from elsewhere.
  case lacksPart(path: String, part: String, node: String)
  /// An autoencoder alone, which fits the latents of more than one family.
  case familyUnknown(path: String)
  /// SDXL's refiner, which only continues what the base model began.
  case refiner(path: String)
  /// The file is a pickle, which is never opened.
  case pickle(path: String)
  /// The file or folder is a model, but another kind than was asked for.
  case otherKind(path: String, expected: String, found: ModelKind?)
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
    case .notFinite(let path, let keys):
      "\(path): the tensor `\(keys.first ?? "")` "
        + (keys.count > 1 ? "and \(keys.count - 1) more hold" : "holds")
        + " numbers that are not finite: the file was damaged or converted wrongly; download it again"
    case .overflow(let path):
      "\(path): its results are not finite, though its weights are; use a lower guidance (cfg) and lower "
        + "strengths of adapters"
    case .disagreement(let path, let reason):
      "\(path): \(reason)"
    case .lacksPart(let path, let part, let node):
      "\(path): holds no \(part); open the parts with `load-unet`, `load-text-encoder` and `load-vae`, "
        + "the missing one with `\(node)` from another file"
    case .familyUnknown(let path):
      "\(path): an autoencoder alone does not tell which models it is for; say it: `family: sdxl`"
    case .refiner(let path):
      "\(path): is SDXL's refiner, which is not supported; only SDXL's base model is, and needs none"
    case .pickle(let path):
      "\(path): is a pickle, which could run any program and is never opened; convert it to safetensors "
        + "where that does no harm: `python -c \"import sys, torch, safetensors.torch as s; d = "
        + "torch.load(sys.argv[1], weights_only=True); s.save_file({k: v.contiguous() for k, v in "
        + "d.get('state_dict', d).items() if torch.is_tensor(v)}, sys.argv[2])\" OLD NEW.safetensors`"
    case .otherKind(let path, let expected, let found):
      "\(path): is \(found.phrase), not \(expected); \(found.advice)"
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
