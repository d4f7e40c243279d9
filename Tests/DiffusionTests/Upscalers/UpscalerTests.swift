import Foundation
import Tensor
import Testing

@testable import Diffusion

/// Small upscalers of random weights, in every layout: see `Scripts/reference/upscalers.py`.
struct UpscalerTests {
  static let files: [(name: String, scale: Int)] = [
    ("real-esrgan-x4", 4), ("real-esrgan-x4-ema", 4), ("bsrgan-x4", 4), ("bsrgan-x2", 2),
    ("esrgan-x4", 4), ("esrgan-x1", 1), ("esrgan-x8", 8), ("esrgan-plus-x4", 4),
    ("real-esrgan-x2", 2), ("real-esrgan-x1", 1), ("compact-x4", 4), ("compact-x2", 2),
    ("compact-x4-params", 4),
  ]

  private func path(_ name: String) -> String { Fixtures.path("upscalers/\(name).safetensors") }

  /// The picture's sides are no multiples of 2 and 4: networks that fold it mirror its last pixels.
  @Test(arguments: files) func enlargesAsTheReference(name: String, scale: Int) throws {
    let results = try SafetensorsFile(path: path("results"))
    let picture = try results.tensor("picture").transposedToChannelsLast()
    let upscaler = try Upscaler(opening: path(name))
    #expect(upscaler.scale == scale)
    let large = try upscaler.upscaled(picture)
    let expected = try results.tensor(name).transposedToChannelsLast()
    #expect(large.relativeError(to: expected) < tolerance)
    let isCutOff = try upscaler(picture).elements == large.elements.map { min(max($0, 0), 1) }
    #expect(isCutOff)
  }

  /// With so little memory, each band has the fewest lines: its context's, or in narrow pictures more of them, for fewer
  /// pixels would be convolved by another method.
  @Test(arguments: files, [(90, 208), (402, 9)])
  func bandsHaveTheBitsOfTheWhole(file: (name: String, scale: Int), size: (Int, Int)) throws {
    let picture = Tensor.pseudorandom(
      [1, size.0, size.1, 3], seed: 3, mean: 0.5, deviation: 0.2)
    let upscaler = try Upscaler(opening: path(file.name))
    let whole = try upscaler.upscaled(picture, memory: .max / 2)
    let banded = try upscaler.upscaled(picture, memory: 1)
    #expect(whole.shape == banded.shape)
    let areEqual = zip(whole.elements, banded.elements).allSatisfy {
      $0.bitPattern == $1.bitPattern
    }
    #expect(areEqual)
  }

  @Test(arguments: files) func aPictureOfOnePixelIsEnlarged(name: String, scale: Int) throws {
    let large = try Upscaler(opening: path(name))(Tensor([1, 1, 1, 3], [0.2, 0.4, 0.6]))
    #expect(large.shape == [1, scale, scale, 3])
    #expect(large.elements.allSatisfy { 0...1 ~= $0 })
  }

  @Test func stepsAreToldAndCanEndTheWork() throws {
    struct Stop: Error {}
    let upscaler = try Upscaler(opening: path("esrgan-x4"))
    let picture = Tensor([1, 8, 8, 3], repeating: 0.5)
    var steps: [Int] = []
    _ = try upscaler(picture) { step, count in
      #expect(count == 7)
      steps.append(step)
    }
    #expect(steps == Array(1...7))
    #expect(throws: Stop.self) { try upscaler(picture) { _, _ in throw Stop() } }
  }
}

/// Files that hold no upscaler, or a broken one.
struct BrokenUpscalerTests {
  private func error(of write: (String) throws -> Void) throws -> String {
    let path = NSTemporaryDirectory() + "easel-upscaler-\(UUID().uuidString).safetensors"
    try write(path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    var message = ""
    do { _ = try Upscaler(opening: path) } catch { message = "\(error)" }
    #expect(message.contains(path))
    return message
  }

  private func shapes(of name: String) throws -> [NamedShape] {
    let file = try SafetensorsFile(path: Fixtures.path("upscalers/\(name).safetensors"))
    return file.header.tensors.sorted { $0.key < $1.key }.map {
      NamedShape(key: $0.key, shape: $0.value.shape.sizes)
    }
  }

  @Test func aPickleIsNeverOpened() throws {
    #expect(try error { try Data([0x80, 2]).write(to: URL(filePath: $0)) }.contains("pickle"))
  }

  @Test(arguments: ["sd1/unet", "sd1/vae"]) func anotherModelIsNamed(model: String) throws {
    let path = Fixtures.model("\(model)/diffusion_pytorch_model.safetensors")
    #expect(throws: CheckpointError.self) { try Upscaler(opening: path) }
    #expect(
      try error { try FileManager.default.copyItem(atPath: path, toPath: $0) }
        .contains("not an upscaler"))
  }

  @Test(arguments: ["sd1", "no-such-folder"]) func whatIsNoFileIsRefused(model: String) {
    #expect(throws: (any Error).self) { try Upscaler(opening: Fixtures.model(model)) }
  }

  @Test func aMissingTensorIsNamedAsTheFileCallsIt() throws {
    let key = "model.1.sub.1.RDB2.conv3.0.weight"
    let rest = try shapes(of: "esrgan-x4").filter { $0.key != key }
    #expect(try error { try LayoutFixture.writeSparse(rest, to: $0) }.contains(key))
  }

  @Test(arguments: [
    ("real-esrgan-x4", "conv_first.weight", [8, 1, 3, 3]),
    ("real-esrgan-x4", "conv_last.weight", [1, 8, 3, 3]),
    ("compact-x4", "body.0.weight", [16, 4, 3, 3]),
    ("compact-x4", "body.8.weight", [47, 16, 3, 3]),
  ]) func otherColorsAreRefused(name: String, key: String, shape: [Int]) throws {
    var tensors = try shapes(of: name)
    for index in tensors.indices where tensors[index].key == key { tensors[index].shape = shape }
    let message = try error { try LayoutFixture.writeSparse(tensors, to: $0) }
    #expect(message.contains("three colours"), "\(message)")
  }

  @Test(arguments: UpscalerTests.files) func aFileIsRecognised(name: String, scale: Int) {
    let facts = ModelFacts(of: Fixtures.path("upscalers/\(name).safetensors"))
    #expect(facts.kind == .upscaler)
    #expect(facts.family == nil)
  }
}
