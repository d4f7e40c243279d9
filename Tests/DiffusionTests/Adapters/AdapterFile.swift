import Foundation
import Tensor

/// A file of an adapter for one test, removed with the object.
final class AdapterFile {
  let path: String

  init(_ tensors: [(String, Tensor)], name: String = "adapter.safetensors") throws {
    path = NSTemporaryDirectory() + "\(UUID().uuidString)-\(name)"
    try Data(SafetensorsWriter.encode(tensors)).write(to: URL(filePath: path))
  }

  /// With these tensors of one module of the tiny SD 1.x model, a matrix of 8 x 8.
  convenience init(
    module: String = "lora_unet_up_blocks_1_attentions_0_transformer_blocks_0_attn1_to_q",
    _ fields: (String, Tensor)...
  ) throws {
    try self.init(fields.map { ("\(module).\($0.0)", $0.1) })
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
