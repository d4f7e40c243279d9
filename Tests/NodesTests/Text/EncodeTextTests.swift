import Diffusion
import Engine
import Foundation
import Graph
import Tensor
import Testing

@testable import Nodes

struct EncodeTextTests {
  private func encode(
    _ text: String, _ changes: [String: Literal] = [:], encoder: (any PortValue)? = nil
  ) throws -> Conditioning {
    var inputs: [String: PortArgument] = [
      "encoder": .value(try encoder ?? defaultEncoder()), "text": .constant(.text(text)),
    ]
    inputs.merge(changes.mapValues(PortArgument.constant)) { $1 }
    return try #require(try run(EncodeText.self, inputs)["conditioning"] as? Conditioning)
  }

  @Test func everyPortChangesTheConditioning() throws {
    let plain = try encode("a (smiling:1.3) person")
    let changes: [[String: Literal]] = [
      ["weighting": .text("a1111")], ["clip-skip": .int(1)], ["second-text": .text("a sad person")],
    ]
    for change in changes {
      #expect(
        try encode("a (smiling:1.3) person", change).context.elements != plain.context.elements,
        "\(change)")
    }
    #expect(throws: PromptError.self) { try encode("a", ["clip-skip": .int(64)]) }
  }

  @Test func anEmptyTextIsEncodedWhereTheSecondIsNot() throws {
    let conditioning = try encode("", ["second-text": .text("a smiling person")])
    #expect(conditioning.context.elements.contains { $0 != 0 })
  }

  @Test func longTextsAndBreaksMakeChunks() throws {
    let long = String(repeating: "brown hair, ", count: 30)
    #expect(try encode(long).context.shape[1] == 2 * 77)
    #expect(try encode("a BREAK b").context.shape[1] == 2 * 77)
  }

  @Test func anEmbeddingIsAttachedAndNamed() throws {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "\(UUID().uuidString).safetensors")
    defer { try? FileManager.default.removeItem(at: file) }
    let widths = try embeddingWidths()
    let vectors = zip(["clip_l", "clip_g"], widths).map { ($0, Tensor([2, $1], repeating: 0.1)) }
    try Data(SafetensorsWriter.encode(Array(vectors))).write(to: file)
    let inputs: [String: PortArgument] = [
      "encoder": .value(try defaultEncoder()), "name": .constant(.text("thing")),
      "file": .constant(.path(.init(written: "thing", resolved: file.path))),
    ]
    let taught = try #require(try run(LoadEmbedding.self, inputs)["encoder"])
    let with = try encode("a embedding:thing", encoder: taught)
    #expect(with.context.elements != (try encode("a thing", encoder: taught)).context.elements)
    #expect(throws: PromptError.unknownEmbedding(name: "thin", attached: ["thing"])) {
      try encode("a embedding:thin", encoder: taught)
    }
    #expect(throws: PromptError.unknownEmbedding(name: "thing", attached: [])) {
      try encode("a embedding:thing")
    }
  }

  /// Of the encoders of the model that comes with Easel.
  private func embeddingWidths() throws -> [Int] {
    let model = try ModelLocation.locate("default", in: "")
    return try ["text_encoder", "text_encoder_2"].map { part in
      let data = try Data(contentsOf: URL(filePath: "\(model)/\(part)/config.json"))
      let config = try JSONSerialization.jsonObject(with: data) as? [String: Any]
      return try #require(config?["hidden_size"] as? Int)
    }
  }
}

/// What is found before anything runs.
struct EmbeddingCheckTests {
  /// A graph with an embedding whose file has tensors of these shapes, named after `body`'s wish.
  private func check(_ shapes: [(String, Shape)], name: String = "thing") throws -> [String] {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "\(UUID().uuidString).safetensors")
    defer { try? FileManager.default.removeItem(at: file) }
    let tensors = shapes.map { ($0.0, Tensor($0.1, repeating: 0)) }
    try Data(SafetensorsWriter.encode(tensors)).write(to: file)
    return Checking(
      """
        checkpoint: { uses: load-checkpoint }
        taught: { uses: load-embedding, encoder: "${checkpoint.encoder}", file: \(file.path), name: "\(name)" }
        text: { uses: encode-text, encoder: "${taught}", text: "embedding:thing" }
        canvas: { uses: empty-latent }
        sample: { uses: sample, model: "${checkpoint.model}", positive: "${text}", latent: "${canvas}" }
      outputs: { latent: "${sample}" }

      """
    ).result.diagnostics.filter { $0.severity == .error }.map(\.code.rawValue)
  }

  @Test func theHeaderTellsWhatDoesNotFit() throws {
    #expect(try check([("clip_l", [1, 768]), ("clip_g", [1, 1280])]) == [])
    #expect(try check([("emb_params", [1, 768])]) == ["family-mismatch"])
    #expect(try check([("a", [1, 2]), ("b", [1, 2])]) == ["unreadable-file"])
    #expect(
      try check([("clip_l", [1, 768]), ("clip_g", [1, 1280])], name: "a b") == ["invalid-value"])
  }
}
