import Foundation
import Tensor

@testable import Nodes

/// A ControlNet for the model that comes with Easel: a copy of its way down, and for everything else one number. It is
/// removed with the object.
final class DefaultControlNet {
  /// A folder in diffusers' layout.
  let path = NSTemporaryDirectory() + "easel-controlnet-\(UUID().uuidString)"

  /// - Parameters:
  ///   - weight: of every zero convolution.
  ///   - isForeign: without the sizes that SDXL is told, so that it is for another family.
  init(weight: Float = 0.01, isForeign: Bool = false) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let unet = try ModelLocation.locate("default", in: "") + "/unet"
    let stored = try SafetensorsFile(path: "\(unet)/diffusion_pytorch_model.safetensors")
    let parts = ["conv_in.", "time_embedding.", "down_blocks.", "mid_block."]
    let kept = parts + (isForeign ? [] : ["add_embedding."])
    let trunk = try stored.header.tensors.keys.sorted()
      .filter { key in kept.contains { key.hasPrefix($0) } }.map { ($0, try stored.tensor($0)) }
    let tensors = trunk + Self.zeroConvolutions(weight) + Self.hintEmbedding
    try Data(SafetensorsWriter.encode(tensors))
      .write(to: URL(filePath: "\(path)/diffusion_pytorch_model.safetensors"))
    try writeConfiguration(of: unet, isForeign: isForeign)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private static func zeroConvolutions(_ weight: Float) -> [(String, Tensor)] {
    let names = (0..<6).map { "controlnet_down_blocks.\($0)" } + ["controlnet_mid_block"]
    return zip(names, [64, 64, 64, 96, 96, 128, 128]).flatMap { name, width in
      convolution(name, width, width, side: 1, weight: weight)
    }
  }

  private static var hintEmbedding: [(String, Tensor)] {
    let blocks = [(4, 4), (4, 4), (4, 4), (4, 4), (4, 4), (4, 4)].enumerated().flatMap {
      convolution("controlnet_cond_embedding.blocks.\($0)", $1.0, $1.1)
    }
    return convolution("controlnet_cond_embedding.conv_in", 3, 4) + blocks
      + convolution("controlnet_cond_embedding.conv_out", 4, 64)
  }

  private static func convolution(
    _ name: String, _ inputs: Int, _ outputs: Int, side: Int = 3, weight: Float = 0.05
  ) -> [(String, Tensor)] {
    [
      ("\(name).weight", Tensor([outputs, inputs, side, side], repeating: weight)),
      ("\(name).bias", Tensor([outputs], repeating: weight)),
    ]
  }

  private func writeConfiguration(of unet: String, isForeign: Bool) throws {
    let data = try Data(contentsOf: URL(filePath: "\(unet)/config.json"))
    var values = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    values["_class_name"] = "ControlNetModel"
    values["conditioning_embedding_out_channels"] = [4, 4, 4, 4]
    values["up_block_types"] = nil
    if isForeign { values["addition_embed_type"] = nil }
    try JSONSerialization.data(withJSONObject: values, options: .sortedKeys)
      .write(to: URL(filePath: "\(path)/config.json"))
  }
}
