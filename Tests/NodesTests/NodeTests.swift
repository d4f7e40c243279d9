import Diffusion
import Engine
import Foundation
import Graph
import Imaging
import Tensor
import Testing

@testable import Nodes

/// Nodes run alone, as the engine runs them.
struct NodeTests {
  private func run(_ type: any Node.Type, _ inputs: [String: PortArgument]) throws -> [String:
    any PortValue]
  {
    try Invocation(type, inputs: inputs).run(RunContext(node: NodeID("test")))
  }

  private func part(_ port: String) throws -> PortArgument {
    .value(try #require(try run(LoadCheckpoint.self, ["model": model])[port]))
  }

  private var model: PortArgument {
    get throws {
      let path = try ModelLocation.locate("default", in: "")
      return .constant(.path(.init(written: "default", resolved: path)))
    }
  }

  private func encode(_ text: String, empty: String? = nil) throws -> Conditioning {
    var inputs = ["encoder": try part("encoder"), "text": .constant(.text(text))]
    if let empty { inputs["empty"] = .constant(.text(empty)) }
    return try #require(try run(EncodeText.self, inputs)["conditioning"] as? Conditioning)
  }

  @Test func anEmptyTextIsWhatTheModelWasTrainedWith() throws {
    let trained = try encode("")
    let zeros = try encode("", empty: "zeros")
    let encoded = try encode("", empty: "encode")
    let text = try encode("a", empty: "zeros")
    #expect(trained.context.elements.allSatisfy { $0 == 0 })
    #expect(zeros.pooled?.elements.allSatisfy { $0 == 0 } == true)
    #expect(encoded.context.elements.contains { $0 != 0 })
    #expect(text.context.elements.contains { $0 != 0 })
  }

  @Test func aCheckpointOfIntegersSamplesNearlyTheSame() throws {
    let inputs = ["model": try model, "precision": .constant(.text("int8"))]
    let part = PortArgument.value(
      try #require(try run(LoadCheckpoint.self, inputs)["model"]))
    let (full, reduced) = (try sample([:]).elements, try sample(["model": part]).elements)
    #expect(full != reduced)
    let error = zip(full, reduced).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    // A guidance of 7 enlarges the error of each step as it does the difference of the prompts: 10 % (rms) at most.
    #expect(error < 0.01 * full.reduce(0) { $0 + $1 * $1 })
  }

  private func sample(_ changes: [String: PortArgument]) throws -> Tensor {
    var inputs: [String: PortArgument] = [
      "model": try part("model"), "positive": .value(try encode("a smiling person")),
      "latent": .value(Latent(samples: Tensor([1, 4, 4, 4], repeating: 0))),
      "steps": .constant(.int(2)),
    ]
    inputs.merge(changes) { $1 }
    let output = try run(Sample.self, inputs)["latent"]
    return try #require(output as? Latent).samples
  }

  @Test func withoutANegativePromptItIsTheModelsOwn() throws {
    let absent = try sample([:])
    let empty = try sample(["negative": .value(try encode(""))])
    let sad = try sample(["negative": .value(try encode("a sad person"))])
    #expect(empty.elements == absent.elements)
    #expect(sad.elements != absent.elements)
    #expect(absent.elements.allSatisfy { $0.isFinite })
  }

  @Test func guidanceOfOneLooksAtThePositivePromptAlone() throws {
    let one: [String: PortArgument] = ["cfg": .constant(.float(1))]
    let negative = ["negative": PortArgument.value(try encode("a sad person"))]
    let unguided = try sample(one)
    let ignoring = try sample(one.merging(negative) { $1 })
    #expect(ignoring.elements == unguided.elements)
  }

  @Test func noDenoisingLeavesTheLatent() throws {
    let latent = Tensor([1, 2, 2, 4], repeating: 0.25)
    let result = try sample([
      "latent": .value(Latent(samples: latent)), "denoise": .constant(.float(0)),
    ])
    #expect(result.elements == latent.elements)
  }

  @Test func aLatentOfOtherChannelsIsRefused() throws {
    let latent = PortArgument.value(Latent(samples: Tensor([1, 2, 2, 9], repeating: 0)))
    #expect(throws: UNetInputError.self) { try sample(["latent": latent]) }
    let vae = try part("vae")
    #expect(throws: VAEInputError.latentChannels(expected: 4, found: 9)) {
      try run(DecodeLatent.self, ["vae": vae, "latent": latent])
    }
  }

  @Test func aCancelledRunEndsAtItsNextStep() throws {
    let invocation = try Invocation(
      Sample.self,
      inputs: [
        "model": try part("model"), "positive": .value(try encode("a smiling person")),
        "latent": .value(Latent(samples: Tensor([1, 2, 2, 4], repeating: 0))),
      ])
    #expect(throws: CancellationError.self) {
      try invocation.run(RunContext(node: NodeID("test"), isCancelled: { true }))
    }
  }

  @Test func memoryIsDeclaredAndGrowsWithThePicture() throws {
    let vae = try part("vae")
    let peaks = try [8, 16].map { side in
      let latent = Latent(samples: Tensor([1, side, side, 4], repeating: 0))
      return try Invocation(DecodeLatent.self, inputs: ["vae": vae, "latent": .value(latent)])
        .peakBytes
    }
    #expect(peaks[0] > 64 * 64 * 3 * 4)
    #expect(peaks[1] > peaks[0])
  }

  @Test func aPictureIsReadWithItsTransparency() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).png")
    defer { try? FileManager.default.removeItem(at: file) }
    let image = Image(pixels: Tensor([1, 2, 3], [0, 1, 0, 1, 0, 1]))
    try AtomicFile.write(PNG.encode(image), to: file.path)
    let path = PortArgument.constant(.path(.init(written: "a.png", resolved: file.path)))
    let outputs = try run(LoadImage.self, ["path": path])
    #expect((outputs["image"] as? Image)?.pixels.elements == image.pixels.elements)
    #expect((outputs["alpha"] as? Mask)?.values.elements == [1, 1])
  }

  @Test func theFilesOfAFolderAreListed() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["b.c.jpg", "a.png"] { try Data().write(to: folder.appending(path: name)) }
    let path = PortArgument.constant(.path(.init(written: "in", resolved: folder.path)))
    let outputs = try run(ListImages.self, ["folder": path])
    let files = try #require(outputs["files"] as? [FilePath])
    #expect(files.map(\.written) == ["in/a.png", "in/b.c.jpg"])
    #expect(files.map(\.resolved) == ["\(folder.path)/a.png", "\(folder.path)/b.c.jpg"])
    #expect(outputs["names"] as? [String] == ["a", "b.c"])
  }

  @Test(arguments: ["stretch", "cover", "contain"]) func picturesAreResized(fit: String) throws {
    let image = Image(pixels: Tensor([8, 4, 3], repeating: 0.5))
    let outputs = try run(
      ResizeImage.self,
      [
        "image": .value(image), "width": .constant(.int(6)), "height": .constant(.int(6)),
        "fit": .constant(.text(fit)),
        "background": .constant(.color(.init(red: 1, green: 1, blue: 1))),
      ])
    let resized = try #require(outputs["image"] as? Image)
    #expect((resized.width, resized.height) == (6, 6))
    #expect(resized.pixels.elements[0] == (fit == "contain" ? 1 : 0.5))
  }
}
