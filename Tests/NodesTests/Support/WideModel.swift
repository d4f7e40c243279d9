import Diffusion
import Engine
import Foundation
import Tensor
import Testing

@testable import Nodes

/// The model that comes with Easel with more channels behind the latent's, all of them with one weight. It is removed
/// with the object.
final class WideModel {
  private let path = NSTemporaryDirectory() + "easel-wide-\(UUID().uuidString)"

  /// - Parameters:
  ///   - channels: how many there are beside the latent's.
  ///   - weight: of each of them in the first convolution.
  init(channels: Int, weight: Float) throws {
    let model = try ModelLocation.locate("default", in: "")
    try FileManager.default.copyItem(atPath: model, toPath: path)
    try setInChannels(4 + channels)
    let file = "\(path)/unet/diffusion_pytorch_model.safetensors"
    let stored = try SafetensorsFile(path: file)
    let tensors = try stored.header.tensors.keys.sorted().map { key in
      let tensor = try stored.tensor(key)
      guard key == "conv_in.weight" else { return (key, tensor) }
      var shape = tensor.shape.sizes
      shape[1] = channels
      return (key, tensor.concatenated(with: Tensor(Shape(shape), repeating: weight), axis: 1))
    }
    try Data(SafetensorsWriter.encode(tensors)).write(to: URL(filePath: file))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The denoiser, as a node gives it.
  func model() throws -> PortArgument {
    let file = PortArgument.constant(.path(.init(written: "wide", resolved: path)))
    return .value(try #require(try run(LoadCheckpoint.self, ["model": file])["model"]))
  }

  private func setInChannels(_ count: Int) throws {
    let url = URL(filePath: "\(path)/unet/config.json")
    let text = try String(contentsOf: url, encoding: .utf8)
    try Data(text.replacing("\"in_channels\": 4", with: "\"in_channels\": \(count)").utf8)
      .write(to: url)
  }
}
