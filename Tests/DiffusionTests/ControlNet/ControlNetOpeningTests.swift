import Foundation
import Tensor
import Testing

@testable import Diffusion

/// What files and folders of ControlNets are known to be, and what is said of those that are none.
@Suite struct ControlNetOpeningTests {
  static let published = [
    ("sd15", ModelFamily.sd1, 361_279_120), ("sdxl", .sdxl, 1_251_014_160),
  ]

  /// The published networks at their full size, as headers of sparse files.
  @Test(arguments: published, [ControlNetFixture.Layout.single, .diffusers])
  func publishedNetworksAreWhole(
    _ model: (name: String, family: ModelFamily, parameters: Int),
    _ layout: ControlNetFixture.Layout
  ) throws {
    let folder = try TemporaryFolder()
    let names = Fixtures.path("names/\(model.name)-controlnet")
    let tensors = try ListedFile.list("\(names)-\(layout.rawValue).txt")[0].tensors
    let file = "\(folder.path)/diffusion_pytorch_model.safetensors"
    try LayoutFixture.writeSparse(tensors, to: file)
    try expectWhole(file, model.family, model.parameters)
    guard layout == .diffusers else { return }
    try FileManager.default.copyItem(
      atPath: "\(names)-config.json", toPath: "\(folder.path)/config.json")
    try expectWhole(folder.path, model.family, model.parameters)
    let single = try CheckpointFile(path: file).controlNetSource()
    let whole: PartSource<ControlNet> = try PartFolder(path: folder.path).source()
    #expect(single?.configuration == whole.configuration)
  }

  private func expectWhole(_ path: String, _ family: ModelFamily, _ parameters: Int) throws {
    let description = try CheckpointDescription(of: path)
    #expect(description.kind == .controlnet)
    #expect(description.family == family)
    #expect(description.leftOver.isEmpty)
    let contents = try #require(description.parts.first).contents.get()
    #expect(contents.parameterCount == parameters)
    #expect(contents.problems.isEmpty && contents.leftOver.isEmpty)
    #expect(try ControlNetModel(opening: path).family == family)
  }

  @Test func whatIsNoControlNetIsNamed() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/sd15.safetensors"
    try PublishedModel(name: "sd15").writeSingle(to: path)
    #expect(
      throws: CheckpointError.otherKind(
        path: path, expected: "a ControlNet", found: .checkpoint)
    ) { try ControlNetModel(opening: path) }
    let unet = Fixtures.model("sd1") + "/unet"
    #expect(
      throws: CheckpointError.otherKind(path: unet, expected: "a ControlNet", found: .unet)
    ) { try ControlNetModel(opening: unet) }
  }

  @Test(arguments: [ControlNetFixture.Layout.single, .diffusers])
  func aControlNetIsNoCheckpointAndNoUNet(_ layout: ControlNetFixture.Layout) throws {
    let fixture = try ControlNetFixture("sd15", layout)
    let path = fixture.path
    #expect(
      throws: CheckpointError.otherKind(
        path: path, expected: "a whole checkpoint", found: .controlnet)
    ) { try CheckpointHeader(of: path) }
    #expect(
      throws: CheckpointError.otherKind(path: path, expected: "a UNet", found: .controlnet)
    ) { try DiffusionModel(opening: path) }
  }

  @Test func missingTensorsAreNamedAsTheFileHasThem() throws {
    let key = "control_model.zero_convs.2.0.weight"
    let fixture = try ControlNetFixture("sd15", .single) { $0.key == key ? nil : $0 }
    #expect(
      throws: CheckpointError.weights(
        path: fixture.path, problems: [.missing(key: key, expected: [32, 32, 1, 1])])
    ) { try fixture.model() }
  }

  @Test(arguments: ["control_model.task_embedding", "difference"])
  func unionsAndDifferencesAreRefused(_ key: String) throws {
    let fixture = try ControlNetFixture("sd15", .single)
    try SingleFile.add([(key, Tensor([6, 4], repeating: 0))], to: fixture.path)
    #expect {
      try fixture.model()
    } throws: {
      guard case CheckpointError.unsupported(fixture.path, let found, _, _) = $0 else {
        return false
      }
      return key.hasSuffix(found)
    }
  }

  @Test func aFolderOfAUnionIsRefused() throws {
    let folder = try ModelCopy(ofFixture: "controlnet/sdxl")
    try folder.set("_class_name", to: "\"ControlNetUnionModel\"", in: "config.json")
    #expect(
      throws: CheckpointError.unsupported(
        path: "\(folder.path)/config.json", key: "_class_name", value: "\"ControlNetUnionModel\"",
        supported: "it must be \"ControlNetModel\" or null")
    ) { try ControlNetModel(opening: folder.path) }
  }

  @Test(arguments: [
    ("conditioning_channels", "4"), ("controlnet_conditioning_channel_order", "\"bgr\""),
    ("global_pool_conditions", "true"), ("mid_block_type", "\"Other\""),
    ("conditioning_embedding_out_channels", "[]"),
    ("conditioning_embedding_out_channels", "[16, -1]"), ("down_block_types", "[]"),
  ])
  func configurationsOfOtherNetworksAreRefused(key: String, json: String) throws {
    let folder = try ModelCopy(ofFixture: "controlnet/sd15")
    try folder.set(key, to: json, in: "config.json")
    #expect {
      try ControlNetModel(opening: folder.path)
    } throws: { "\($0)".contains("`\(key)`") && "\($0)".contains("config.json") }
  }

  @Test func oneOfAnotherModelOrSizeIsRefused() throws {
    let (unet, latent) = (try SmallUNet.named("sd15"), Tensor([1, 8, 6, 4], repeating: 0))
    let prompt = try ControlledSamplingTests.prompts("sd15").positive
    func verify(_ name: String, hint: Shape, scale: Int = 8) throws {
      let control = try Control(
        ControlNetFixture(name).model(), hint: Tensor(hint, repeating: 0))
      try unet.verify(latent: latent, conditioning: prompt.controlled(by: control), scale: scale)
    }
    try verify("sd15", hint: [1, 64, 48, 3])
    #expect(throws: ControlError.hintSize(expected: "48x64", found: "64x48")) {
      try verify("sd15", hint: [1, 48, 64, 3])
    }
    #expect(throws: ControlError.hintScale(expected: 4, found: 8)) {
      try verify("sd15", hint: [1, 64, 48, 3], scale: 4)
    }
    #expect(
      throws: ControlError.blocks(expected: [32, 32, 32, 64], found: [64, 64, 64, 128])
    ) { try verify("sdxl", hint: [1, 64, 48, 3]) }
  }

  @Test func weightsThatAreNoNumbersAreBlamed() throws {
    let fixture = try ControlNetFixture("sd15", .single)
    let key = "control_model.middle_block_out.0.bias"
    try SingleFile.add([(key, Tensor([64], repeating: .nan))], to: fixture.path)
    let control = try Control(fixture.model(), hint: ControlNetFixture.hint())
    try control.verify(Tensor([1], [1]))
    #expect(throws: CheckpointError.notFinite(path: fixture.path, keys: [key])) {
      try control.verify(Tensor([1], [.nan]))
    }
  }
}
