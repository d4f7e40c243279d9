import FoundationEssentials
import Tensor

/// A LoRA or one of its kin (LoCon, LoHa, LoKr, DoRA, whole differences): changes of a model's weights, in a file.
///
/// The file stays mapped. Changes are computed when the weights are read that they change.
public struct Adapter: Sendable {
  /// The safetensors file.
  public let path: String
  /// The keys that are spelled as in no adapter known here.
  public let unknownKeys: [String]
  let changes: [AdapterTarget: ModuleChange]
  private let firstNotFinite: Lazy<String?>

  /// Reads the header, and the few numbers that scale the changes.
  /// - Parameter path: of a safetensors file, or of a folder that PEFT or diffusers saved one in.
  /// - Throws: `AdapterError`, `SafetensorsError` where it is no whole safetensors file, and `CheckpointError` where
  ///   it is a pickle.
  public init(opening path: String) throws {
    let location = try AdapterLocation(path)
    let file = try SafetensorsFile(path: location.file)
    let modules = try Self.modules(in: file)
    guard !modules.known.isEmpty else { throw AdapterError.noAdapter(path: file.path) }
    let scaling = AdapterScaling(json: location.configuration ?? file.adapterConfiguration)
    self.path = file.path
    unknownKeys = modules.unknown
    changes = try modules.known.reduce(into: [:]) { changes, entry in
      changes[entry.key] = try ModuleChange(entry.value, target: entry.key, scaling: scaling)
    }
    let tensors = modules.known.values.flatMap(\.tensors.values)
    firstNotFinite = Lazy { tensors.filter { !$0.elements.isFinite }.map(\.key).min() }
  }

  /// Reads all tensors, once.
  /// - Throws: `AdapterError.notFinite`.
  func verify() throws {
    guard let key = firstNotFinite.value else { return }
    throw AdapterError.notFinite(path: path, key: key)
  }

  /// The file's tensors by the modules that they change, and the keys that name none.
  private static func modules(
    in file: SafetensorsFile
  ) throws -> (known: [AdapterTarget: AdapterModule], unknown: [String]) {
    var known: [AdapterTarget: AdapterModule] = [:]
    var unknown: [String] = []
    for key in file.header.tensors.keys.sorted() {
      guard let parsed = AdapterKey(key), let target = AdapterTarget(spelled: parsed.module) else {
        unknown.append(key)
        continue
      }
      let tensor = AdapterTensor(key: key, elements: try file.stored(key))
      try known[target, default: AdapterModule(path: file.path, name: parsed.module)]
        .add(parsed.field, tensor)
    }
    return (known, unknown)
  }
}

extension SafetensorsFile {
  /// What diffusers says of the adapter in the file's header.
  fileprivate var adapterConfiguration: Data? {
    header.metadata["lora_adapter_metadata"].map { Data($0.utf8) }
  }
}
