import Diffusion
import Engine
import Graph

/// Attaches a textual inversion to text encoders.
struct LoadEmbedding: Node {
  static let name = "load-embedding"
  static let version = 1
  static let kind = NodeKind.handle
  static let about = """
    Attaches a textual inversion to a text encoder: `embedding:` with its name stands for it in the texts that the \
    encoder is given.
    """

  @Input("The text encoder that learns a name.") var encoder: TextEncoders
  @Input(
    """
    A safetensors file, or a name that `easel models` lists: with `emb_params` or a single tensor, for SD 1 and 2, or \
    with `clip_l` and `clip_g`, for SDXL.
    """, locate: ModelLocation.of(.embedding))
  var file: FilePath
  @Input("What prompts call it, after `embedding:`: a word.") var name: String
  @Output("The same encoder, which knows the name.", named: "encoder") var taught: TextEncoders

  func run(_ context: RunContext) throws {
    try Self.verify(name: name)
    taught = try encoder.attaching(TextualInversion(opening: file.resolved, name: name))
  }

  static func infer(_ ports: inout Inference) throws {
    if case .text(let name)? = ports.constants["name"] {
      try ports.finding(.invalidValue, at: "name") { try verify(name: name) }
    }
    guard case .path(let path)? = ports.constants["file"] else { return }
    let header = try ports.reading("file") { try TextualInversionHeader(of: path.resolved) }
    ports.families["F"] = header.family.flatMap { Family(rawValue: $0.rawValue) }
  }

  private static func verify(name: String) throws(InvalidEmbeddingName) {
    let isWord = !name.contains { $0.isWhitespace || "()[]<>:,\\".contains($0) }
    guard isWord, !name.isEmpty else { throw InvalidEmbeddingName(name: name) }
  }
}

/// A name that prompts could not say.
struct InvalidEmbeddingName: Error, Equatable, CustomStringConvertible {
  var name: String
  var description: String {
    "`\(name)` is no name for an embedding: it must be a word, without brackets, colons and commas"
  }
}
