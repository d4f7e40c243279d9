import Foundation
import Tensor
import Testing

@testable import Diffusion

/// A copy of one of the tiny models, to be damaged. It is removed with the object.
final class ModelCopy {
  let path: String

  convenience init(of model: String) throws { try self.init(ofFixture: "models/\(model)") }

  /// A copy of any folder of fixtures.
  init(ofFixture folder: String) throws {
    path = NSTemporaryDirectory() + "easel-model-\(UUID().uuidString)"
    try FileManager.default.copyItem(atPath: Fixtures.path(folder), toPath: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func delete(_ file: String) throws {
    try FileManager.default.removeItem(atPath: "\(path)/\(file)")
  }

  func write(_ text: String, to file: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(path)/\(file)"))
  }

  func truncate(_ file: String, to count: Int) throws {
    let url = URL(filePath: "\(path)/\(file)")
    try Data(contentsOf: url).prefix(count).write(to: url)
  }

  /// Replaces one value of a JSON file; `json` is the new value as it is written.
  func set(_ key: String, to json: String, in file: String) throws {
    let url = URL(filePath: "\(path)/\(file)")
    let parsed = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
    var object = try #require(parsed as? [String: Any])
    object[key] = try JSONSerialization.jsonObject(
      with: Data(json.utf8), options: .fragmentsAllowed)
    try JSONSerialization.data(withJSONObject: object).write(to: url)
  }

  /// Writes a safetensors file anew, each tensor as `change` gives it back; nil leaves it out.
  func rewrite(_ file: String, _ change: (String, Tensor) -> (String, Tensor)?) throws {
    let stored = try SafetensorsFile(path: "\(path)/\(file)")
    let tensors = try stored.header.tensors.keys.sorted().compactMap { key in
      change(key, try stored.tensor(key))
    }
    try Data(SafetensorsWriter.encode(tensors)).write(to: URL(filePath: "\(path)/\(file)"))
  }

  /// Opens the model and everything in it.
  func load() throws {
    let checkpoint = try Checkpoint(opening: path)
    _ = try (checkpoint.textEncoder(), checkpoint.unet(), checkpoint.vae())
  }
}
