import Foundation
import Tensor
import Testing

@testable import Diffusion

/// A small ControlNet of `Scripts/reference/controlnet.py`, written out for one test and removed with the object.
final class ControlNetFixture {
  enum Layout: String { case single, diffusers }

  /// A file in the original layout, or a folder in diffusers'.
  let path: String
  private let folder: TemporaryFolder

  /// - Parameters:
  ///   - name: `second/` before it stands for other weights.
  ///   - change: gives each tensor back; nil leaves it out.
  init(
    _ name: String, _ layout: Layout = .diffusers, type: DType = .float32,
    _ change: (NamedShape) -> NamedShape? = { $0 }
  ) throws {
    let own = name.split(separator: "/").last.map(String.init) ?? name
    let source = Fixtures.path("controlnet/\(own)")
    let tensors = try ListedFile.list("\(source)/\(layout.rawValue).txt")[0].tensors
      .compactMap(change)
    folder = try TemporaryFolder()
    switch layout {
    case .single:
      path = "\(folder.path)/model.safetensors"
      try LayoutFixture.write(tensors, to: path, type: type)
    case .diffusers:
      path = folder.path
      try FileManager.default.copyItem(
        atPath: "\(source)/config.json", toPath: "\(path)/config.json")
      try LayoutFixture.write(
        tensors, to: "\(path)/diffusion_pytorch_model.safetensors", type: type,
        prefix: name.dropLast(own.count) + "controlnet/")
    }
  }

  /// The network, open: it outlives its file.
  func model() throws -> ControlNetModel {
    let model = try ControlNetModel(opening: path)
    _ = try model.network()
    return model
  }

  /// What the script gave all ControlNets and their runs.
  static let given = Result { try Reference("controlnet/outputs", prefix: "given") }
  static func hint() throws -> Tensor { try given.get()["hint"] }
  /// `[h, w]`, of the latent's size.
  static func mask() throws -> Tensor {
    let mask = try given.get()["mask"]
    return mask.reshaped(to: [mask.shape[1], mask.shape[2]])
  }
}

/// The UNet of one of the small models of `Scripts/reference/layouts.py`, made once for all tests.
final class SmallUNet: Sendable {
  private static let known = [
    "sd15": Result { try SmallUNet("sd15") }, "sd21-v": Result { try SmallUNet("sd21-v") },
    "sdxl": Result { try SmallUNet("sdxl") },
  ]

  private let unet: UNet

  private init(_ name: String) throws {
    let folder = try TemporaryFolder()
    let fixture = LayoutFixture("\(name)/diffusers")
    let file = try #require(try fixture.files().first { $0.name.hasPrefix("unet/") })
    try FileManager.default.copyItem(
      atPath: "\(fixture.folder)/unet/config.json", toPath: "\(folder.path)/config.json")
    try LayoutFixture.write(
      file.tensors, to: "\(folder.path)/diffusion_pytorch_model.safetensors", type: .float32,
      prefix: "unet/")
    // The file stays mapped when its name is gone.
    unet = try PartFolder(path: folder.path).load()
  }

  static func named(_ name: String) throws -> UNet { try #require(known[name]).get().unet }
}
