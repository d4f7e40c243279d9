import Foundation
import Testing

@testable import Diffusion

/// Folders as Hugging Face's tools keep them.
@Suite struct RepositoryTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// `blobs`, and snapshots of links to them.
  private func cache(_ model: String) throws -> String {
    let root = "\(folder.path)/models--someone--\(model)"
    let snapshot = "\(root)/snapshots/0123abcd"
    let manager = FileManager.default
    for path in ["\(root)/blobs", "\(root)/refs", snapshot] {
      try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    try Data("0123abcd".utf8).write(to: URL(filePath: "\(root)/refs/main"))
    let source = Fixtures.model(model)
    for case let file as String in manager.enumerator(atPath: source) ?? .init() {
      if isFolder("\(source)/\(file)") {
        try manager.createDirectory(
          atPath: "\(snapshot)/\(file)", withIntermediateDirectories: true)
      } else {
        let blob = "\(root)/blobs/\(file.replacing("/", with: "-"))"
        try manager.copyItem(atPath: "\(source)/\(file)", toPath: blob)
        try manager.createSymbolicLink(
          atPath: "\(snapshot)/\(file)", withDestinationPath: blob)
      }
    }
    return root
  }

  @Test(arguments: [("sd1", ModelFamily.sd1), ("sdxl", .sdxl)])
  func theCacheOfARepository(_ model: String, _ family: ModelFamily) throws {
    let root = try cache(model)
    let checkpoint = try Checkpoint(opening: root)
    #expect(checkpoint.header.family == family)
    _ = try (checkpoint.unet(), checkpoint.vae(), checkpoint.textEncoder())
    #expect(try DiffusionModel(opening: root).family == family)
    // Without a reference to the version, the only one there is.
    try FileManager.default.removeItem(atPath: "\(root)/refs/main")
    #expect(try CheckpointHeader(of: root).family == family)
  }

  @Test(arguments: ["fp16", "non_ema", "bf16"])
  func variants(_ variant: String) throws {
    let copy = try ModelCopy(of: "sd1")
    let stem = "\(copy.path)/unet/diffusion_pytorch_model"
    try FileManager.default.moveItem(
      atPath: "\(stem).safetensors", toPath: "\(stem).\(variant).safetensors")
    try copy.load()
    #expect(
      try WeightFiles(in: "\(copy.path)/unet").name == "\(stem).\(variant).safetensors")
  }
}
