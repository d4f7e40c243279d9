import Foundation
import Tensor
import Testing

@testable import Diffusion

@Suite struct TextualInversionTests {
  private func encoders(_ model: String) throws -> TextEncoders {
    try Checkpoint(opening: Fixtures.model(model)).encoders
  }

  private func embedding(_ file: String) throws -> TextualInversion {
    try TextualInversion(opening: Fixtures.path("prompts/\(file).safetensors"), name: "thing")
  }

  /// A file of these tensors, removed after `body`.
  private func withFile<Result>(
    _ tensors: [(String, Tensor)], _ body: (String) throws -> Result
  ) throws -> Result {
    let path = NSTemporaryDirectory() + "easel-embedding-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(SafetensorsWriter.encode(tensors)).write(to: URL(filePath: path))
    return try body(path)
  }

  @Test func everyLayoutIsRead() throws {
    #expect(try embedding("thing").vectors.map(\.shape) == [[2, 16]])
    #expect(try embedding("one").vectors.map(\.shape) == [[1, 16]])
    #expect(try embedding("thing-xl").vectors.map(\.shape) == [[2, 16], [2, 24]])
  }

  @Test(arguments: [
    ("sd1", "thing-xl", [16], [16, 24]), ("sd2", "thing", [24], [16]),
    ("sdxl", "thing", [16, 24], [16]),
  ])
  func vectorsOfOtherWidthsAreRefused(
    model: String, file: String, expected: [Int], found: [Int]
  ) throws {
    let path = Fixtures.path("prompts/\(file).safetensors")
    let embedding = try embedding(file)
    let encoders = try encoders(model)
    #expect(
      throws: TextualInversionError.widths(path: path, expected: expected, found: found)
    ) { try encoders.attaching(embedding) }
  }

  @Test func theFamilyIsReadFromTheHeader() throws {
    let shapes: [(ModelFamily?, [(String, Shape)])] = [
      (.sd1, [("emb_params", [3, 768])]), (.sd2, [("<cat>", [1024])]),
      (.sdxl, [("clip_l", [1, 768]), ("clip_g", [1, 1280])]), (nil, [("emb_params", [1, 16])]),
    ]
    for (family, tensors) in shapes {
      let zeros = tensors.map { ($0.0, Tensor($0.1, repeating: 0)) }
      #expect(try withFile(zeros) { try TextualInversionHeader(of: $0).family } == family)
    }
  }

  @Test func whatIsNoEmbeddingIsRefused() throws {
    let tensors = [("a.weight", Tensor([2, 2], repeating: 0)), ("b", Tensor([2], repeating: 0))]
    for wrong in [tensors, [("emb_params", Tensor([1, 1, 2], repeating: 0))], []] {
      try withFile(wrong) { path in
        #expect(
          throws: TextualInversionError.noEmbedding(path: path, keys: wrong.map(\.0).sorted())
        ) { try TextualInversion(opening: path, name: "x") }
      }
    }
    try withFile([("emb_params", Tensor([1, 2], [1, .nan]))]) { path in
      #expect(throws: TextualInversionError.notFinite(path: path, key: "emb_params")) {
        try TextualInversion(opening: path, name: "x")
      }
    }
  }

  @Test func anUnknownNameListsWhatThereIs() throws {
    let encoders = try encoders("sd1").attaching(embedding("thing"))
    #expect(throws: PromptError.unknownEmbedding(name: "thin", attached: ["thing"])) {
      try encoders.encode(Prompt("a embedding:thin, cat"))
    }
    #expect(throws: PromptError.unknownEmbedding(name: "thing", attached: [])) {
      try self.encoders("sd1").encode(Prompt("(embedding:thing)"))
    }
  }

  @Test func aCommaBehindTheNameIsAComma() throws {
    let encoders = try encoders("sd1").attaching(embedding("thing"))
    let (glued, spaced) = try (
      encoders.encode(Prompt("embedding:thing, cat")),
      encoders.encode(Prompt("embedding:thing , cat"))
    )
    #expect(glued.context.elements == spaced.context.elements)
    // Inside a word it is no name.
    _ = try encoders.encode(Prompt("no-embedding:thin"))
  }
}
