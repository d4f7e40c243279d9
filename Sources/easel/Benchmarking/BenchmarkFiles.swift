import Imaging
import Tensor

/// What a unit is run on and what it gives, as safetensors: to compare with other programs' results.
struct BenchmarkFiles {
  /// The file with the inputs, by name; nil for the unit's own.
  let inputs: String?
  /// The file to write the result to; nil for none.
  let result: String?

  func read() throws -> [String: Tensor] {
    guard let inputs else { return [:] }
    let file = try SafetensorsFile(path: inputs)
    return try file.header.tensors.keys.reduce(into: [:]) { $0[$1] = try file.tensor($1) }
  }

  func write(_ tensor: Tensor) throws {
    guard let result else { return }
    try AtomicFile.write(SafetensorsWriter.encode([("result", tensor)]), to: result)
  }
}
