import Diffusion
import Engine
import Foundation
import Graph
import Synchronization
import Tensor
import Testing

@testable import Nodes

/// The node that puts LoRAs on the model that comes with Easel.
@Suite struct LoadLoRATests {
  private let folder = FileManager.default.temporaryDirectory.appending(
    path: "easel-lora-\(UUID().uuidString)")

  /// A LoRA for a layer of the UNet, and for one that it does not have.
  private func write(
    _ name: String, module: String = Self.module, width: Int? = nil, extra: String? = nil
  ) throws -> String {
    let shape = try Self.shape()
    let pair = { (module: String, width: Int) in
      [
        ("\(module).lora_down.weight", Tensor([1, width], repeating: 0.1)),
        ("\(module).lora_up.weight", Tensor([shape[0], 1], repeating: 0.1)),
      ]
    }
    let tensors = pair(module, width ?? shape[1]) + (extra.map { pair($0, 8) } ?? [])
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: name)
    try Data(SafetensorsWriter.encode(tensors)).write(to: file)
    return file.path
  }

  private static let key = "mid_block.attentions.0.transformer_blocks.0.attn2.to_k"
  private static let module = "lora_unet_" + key.replacing(".", with: "_")

  private static func shape() throws -> Shape {
    let unet = try ModelLocation.locate("default", in: "") + "/unet"
    let names = try FileManager.default.contentsOfDirectory(atPath: unet)
    for name in names where name.hasSuffix(".safetensors") {
      let header = try SafetensorsHeader(readingFrom: "\(unet)/\(name)")
      if let entry = header.tensors["\(key).weight"] { return entry.shape }
    }
    throw CocoaError(.fileNoSuchFile)
  }

  private static func graph(_ lora: String, _ ports: String = "") -> String {
    """
      checkpoint: { uses: load-checkpoint }
      lora: { uses: load-lora, model: "${checkpoint.model}", lora: \(lora)\(ports) }
      text: { uses: encode-text, encoder: "${checkpoint.encoder}", text: a }
      canvas: { uses: empty-latent, width: 32, height: 32 }
      sample: { uses: sample, model: "${lora.model}", positive: "${text}", latent: "${canvas}", steps: 1, cfg: 1 }
    outputs: { latent: "${sample}" }

    """
  }

  /// Which nodes ran or were loaded, what was noted, and the result's bytes.
  private func run(_ lora: String, _ ports: String = "") async throws -> (
    ran: Set<String>, notes: [String], result: [Float]
  ) {
    let graph = try #require(Checking(Self.graph(lora, ports)).result.graph)
    let log = Mutex<(ran: Set<String>, notes: [String])>(([], []))
    let engine = Engine(library: library, store: Store(folder: folder.path + "/cache"))
    let result = try await engine.run(graph) { event in
      log.withLock {
        if case .started(let node) = event { $0.ran.insert(node.path) }
        if case .note(let text) = event { $0.notes.append(text) }
      }
    }
    let latent = try #require(result.outputs.first?.value as? Latent)
    let seen = log.withLock { $0 }
    return (seen.ran, seen.notes, latent.samples.elements)
  }

  @Test func anotherStrengthSamplesAnewAndNoMore() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let lora = try write("a.safetensors")
    let first = try await run(lora)
    #expect(first.ran == ["checkpoint", "lora", "text", "canvas", "sample"])
    #expect(first.notes == [])
    #expect(try await run(lora).ran == [])
    let half = try await run(lora, ", strength: 0.5")
    #expect(half.ran == ["checkpoint", "lora", "sample"])
    #expect(half.result != first.result)
    let copy = try write("b.safetensors")
    #expect(try await run(copy).ran == [])
    let none = try await run(lora, ", strength: 0")
    #expect(none.result != half.result)
  }

  @Test func modulesThatTheModelLacksAreNoted() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try await run(try write("a.safetensors", extra: "lora_unet_mid_block_x"))
    #expect(run.notes.count == 1)
    #expect(run.notes[0].hasPrefix("`lora`: ") && run.notes[0].contains("`lora_unet_mid_block_x`"))
  }

  @Test func theHeaderIsJudgedWhenTheGraphIsChecked() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let good = Checking(Self.graph(try write("a.safetensors")))
    #expect(good.findings.filter { !$0.hasPrefix("outside-folder") } == [])
    #expect(good.type(of: "lora", "model") == "model<sdxl>")
    let foreign = Checking(Self.graph(try write("b.safetensors", width: 768)))
    #expect(foreign.findings.contains { $0.hasPrefix("family-mismatch") }, "\(foreign.findings)")
    let none = Checking(Self.graph(try write("c.safetensors", module: "transformer_x")))
    #expect(none.findings.contains { $0.contains("is no LoRA or the like") })
    let partly = Checking(
      Self.graph(try write("d.safetensors", extra: "transformer_x")), for: .inspection)
    #expect(
      partly.findings.contains {
        $0.hasPrefix("unused-weights") && $0.contains("`transformer_x.lora_down.weight`")
      }, "\(partly.findings)")
    let missing = Checking(Self.graph("nowhere.safetensors"))
    #expect(missing.findings.contains { $0.contains("nowhere.safetensors") }, "\(missing.findings)")
  }
}
