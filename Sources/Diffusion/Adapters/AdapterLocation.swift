import FoundationEssentials

/// The files of an adapter.
struct AdapterLocation {
  let file: String
  /// PEFT's configuration beside it. It counts for folders alone: what is named is all that results depend on.
  let configuration: Data?

  /// - Throws: `AdapterError` for a folder without an adapter, and `CheckpointError` for pickled files.
  init(_ path: String) throws {
    guard isFolder(path) else {
      file = path
      configuration = nil
      try ModelFileFormat.refusePickle(path)
      return
    }
    guard let name = Self.names.first(where: { fileExists("\(path)/\($0)") }) else {
      throw AdapterError.missing(folder: path, names: Self.names)
    }
    file = "\(path)/\(name)"
    configuration = try? Data(contentsOf: URL(filePath: "\(path)/adapter_config.json"))
  }

  private static let names = ["adapter_model.safetensors", "pytorch_lora_weights.safetensors"]
}
