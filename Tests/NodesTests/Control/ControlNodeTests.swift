import Diffusion
import Engine
import Foundation
import Graph
import Imaging
import Synchronization
import Tensor
import Testing

@testable import Nodes

/// The nodes that make prompts follow a picture.
@Suite struct ControlNodeTests {
  private static func graph(
    _ file: String, _ ports: String = "", size: String = "width: 32, height: 32",
    sampling: String = "cfg: 1"
  ) -> String {
    """
      checkpoint: { uses: load-checkpoint }
      control: { uses: load-controlnet, file: \(file) }
      text: { uses: encode-text, encoder: "${checkpoint.encoder}", text: a smiling person }
      canvas: { uses: empty-latent, width: 32, height: 32 }
      drawn: { uses: decode-latent, vae: "${checkpoint.vae}", latent: "${canvas}" }
      image: { uses: resize-image, image: "${drawn}", \(size) }
      shown: { uses: apply-controlnet, positive: "${text}", controlnet: "${control}", image: "${image}"\(ports) }
      both: { uses: combine-conditioning, first: "${shown.positive}", second: "${text}" }
      sample: { uses: sample, model: "${checkpoint.model}", positive: "${both}", latent: "${canvas}", steps: 1, \(sampling) }
    outputs: { latent: "${sample}" }

    """
  }

  private static func codes(_ graph: String) -> [String] {
    Checking(graph).findings.map { String($0.prefix { $0 != ":" }) }
      .filter { $0 != "outside-folder" }
  }

  @Test func familiesAndSizesAreKnownWhenTheGraphIsChecked() throws {
    let (own, foreign) = (try DefaultControlNet(), try DefaultControlNet(isForeign: true))
    #expect(Self.codes(Self.graph(own.path)) == [])
    let check = Checking(Self.graph(own.path))
    #expect(check.type(of: "control", "controlnet") == "controlnet<sdxl>")
    #expect(check.type(of: "shown", "negative") == "conditioning<sdxl>")
    #expect(Self.codes(Self.graph(foreign.path)) == ["family-mismatch"])
    #expect(Self.codes(Self.graph(own.path, size: "width: 40, height: 32")) == ["size-mismatch"])
    #expect(Self.codes(Self.graph(own.path, size: "width: 36, height: 32")) == ["size-mismatch"])
    #expect(Self.codes(Self.graph(own.path, ", start: 0.6, end: 0.5")) == ["out-of-range"])
    #expect(Self.codes(Self.graph(own.path, ", strength: 11")) == ["out-of-range"])
    #expect(Self.codes(Self.graph(own.path, ", mode: other")) == ["invalid-value"])
  }

  /// The other way round too.
  @Test func whatIsNoControlNetIsNamedWhenTheGraphIsChecked() throws {
    let control = try DefaultControlNet()
    let model = try ModelLocation.locate("default", in: "")
    for (uses, phrase, advice) in [
      (
        "load-controlnet, file: \(model)", "a whole checkpoint, not a ControlNet", "load-checkpoint"
      ),
      ("load-controlnet, file: \(model)/unet", "a UNet alone, not a ControlNet", "load-unet"),
      ("load-unet, unet: \(control.path)", "a ControlNet, not a UNet", "load-controlnet"),
      ("load-checkpoint, model: \(control.path)", "a ControlNet, not a whole", "load-controlnet"),
    ] {
      let findings = Checking("  open: { uses: \(uses) }\noutputs: {}\n").findings
      #expect(
        findings.contains {
          $0.hasPrefix("unreadable-file") && $0.contains(phrase) && $0.contains("`\(advice)`")
        }, "\(findings)")
    }
  }

  private let cache = NSTemporaryDirectory() + "easel-control-\(UUID().uuidString)"

  /// Which nodes ran or were loaded, and the result.
  private func run(_ graph: String) async throws -> (ran: Set<String>, result: [Float]) {
    let graph = try #require(Checking(graph).result.graph)
    let ran = Mutex<Set<String>>([])
    let engine = Engine(library: library, store: Store(folder: cache))
    let result = try await engine.run(graph) { event in
      if case .started(let node) = event { ran.withLock { _ = $0.insert(node.path) } }
    }
    let latent = try #require(result.outputs.first?.value as? Latent)
    return (ran.withLock { $0 }, latent.samples.elements)
  }

  /// Nothing behind the node that holds a ControlNet goes to the store, and yet what is sampled is found there, by the
  /// content of the ControlNet's file and of the picture.
  @Test func whatIsSampledIsRememberedAndWeightsAreNot() async throws {
    defer { try? FileManager.default.removeItem(atPath: cache) }
    let (control, copy) = (try DefaultControlNet(), try DefaultControlNet())
    let first = try await run(Self.graph(control.path))
    #expect(first.ran.isSuperset(of: ["control", "shown", "both", "sample"]))
    #expect(try await run(Self.graph(control.path)).ran == [])
    #expect(try await run(Self.graph(copy.path)).ran == [])
    let half = try await run(Self.graph(control.path, ", strength: 0.5"))
    #expect(half.ran == ["checkpoint", "control", "shown", "both", "sample"])
    #expect(half.result != first.result)
    let stronger = try DefaultControlNet(weight: 0.02)
    let other = try await run(Self.graph(stronger.path))
    #expect(other.ran == ["checkpoint", "control", "shown", "both", "sample"])
    #expect(other.result != first.result)
    let weights =
      try FileManager.default.attributesOfItem(
        atPath: control.path + "/diffusion_pytorch_model.safetensors")[.size] as? Int ?? 0
    #expect(try Self.byteCount(of: cache) < weights)
  }

  private static func byteCount(of folder: String) throws -> Int {
    let files = FileManager.default.enumerator(
      at: URL(filePath: folder), includingPropertiesForKeys: [.fileSizeKey])
    return try (files?.allObjects as? [URL] ?? []).reduce(0) {
      try $0 + ($1.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0)
    }
  }

  private func model(_ control: DefaultControlNet) throws -> PortArgument {
    let file = PortArgument.constant(.path(.init(written: "control", resolved: control.path)))
    return .value(
      try #require(try NodesTests.run(LoadControlNet.self, ["file": file])["controlnet"]))
  }

  private func text(_ text: String) throws -> Conditioning {
    try output(
      of: EncodeText.self, "conditioning", ["encoder": .part("encoder"), "text": .text(text)])
  }

  private func shown(
    _ control: DefaultControlNet, _ more: [String: PortArgument] = [:], size: Int = 16
  ) throws -> (positive: Conditioning, negative: Conditioning) {
    let image = Image(pixels: Tensor([size, size, 3], repeating: 0.5))
    let inputs: [String: PortArgument] = [
      "positive": .value(try text("a smiling person")), "controlnet": try model(control),
      "image": .value(image),
    ]
    let results = try NodesTests.run(ApplyControlNet.self, inputs.merging(more) { $1 })
    return (
      try #require(results["positive"] as? Conditioning),
      try #require(results["negative"] as? Conditioning)
    )
  }

  private func sample(
    _ positive: Conditioning, _ more: [String: PortArgument] = [:]
  ) throws -> [Float] {
    let latent = Latent(samples: Tensor([1, 2, 2, 4], repeating: 0))
    let inputs: [String: PortArgument] = [
      "model": try .part("model"), "positive": .value(positive), "latent": .value(latent),
      "steps": 1, "cfg": 3.0,
    ]
    return try (output(of: Sample.self, "latent", inputs.merging(more) { $1 }) as Latent).samples
      .elements
  }

  @Test func zeroConvolutionsOfZerosChangeNothing() throws {
    let plain = try sample(text("a smiling person"))
    let none = try DefaultControlNet(weight: 0)
    #expect(try sample(shown(none).positive) == plain)
    let some = try shown(try DefaultControlNet()).positive
    #expect(try sample(some) != plain)
  }

  /// A negative prompt without a ControlNet is lent the other's, unless the picture is to matter more.
  @Test func negativePromptsFollowToo() throws {
    let control = try DefaultControlNet()
    let negative = PortArgument.value(try text("a sad person"))
    let both = try shown(control, ["negative": negative])
    let lent = try sample(both.positive, ["negative": negative])
    #expect(try sample(both.positive, ["negative": .value(both.negative)]) == lent)
    let strict = try shown(control, ["mode": .text("control")]).positive
    #expect(try sample(strict, ["negative": negative]) != lent)
    #expect(both.negative.context.elements.contains { $0 != 0 })
    #expect(try shown(control).negative.context.elements.allSatisfy { $0 == 0 })
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let control = try DefaultControlNet()
    for size in [12, 32] {
      let other = try shown(control, size: size).positive
      #expect(throws: ControlError.hintSize(expected: "16x16", found: "\(size)x\(size)")) {
        try sample(other)
      }
    }
    #expect(throws: EmptyRange.self) { try shown(control, ["start": 0.6, "end": 0.5]) }
  }

  @Test func whatHoldsAControlNetIsNotStored() throws {
    let shown = try shown(try DefaultControlNet())
    #expect(!shown.positive.isStorable && !shown.negative.isStorable)
    #expect(![shown.positive].isStorable)
    #expect(try text("a").isStorable)
    #expect(shown.positive.byteCount > (try text("a smiling person")).byteCount)
  }
}
