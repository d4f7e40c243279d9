import Tensor

/// A checkpoint's tokenizers and text encoders together: a prompt to a conditioning.
public struct PromptEncoder: Sendable {
  /// A tokenizer with its encoder.
  struct Branch: Sendable {
    let tokenizer: CLIPTokenizer
    let encoder: TextEncoder
  }

  /// One for SD 1.x and 2.x; two for SDXL, whose states are put side by side.
  let branches: [Branch]
  /// Whether an empty negative prompt means all zeros instead of the encoding of no words.
  public let forcesZerosForEmptyPrompt: Bool

  /// The width `D` of the tokens.
  public var contextWidth: Int { branches.reduce(0) { $0 + $1.encoder.configuration.width } }

  /// Encodes a text word by word, without the grammar of prompts, as diffusers' pipelines do: what finds no room is left
  /// out; SDXL takes the states before the last layer and the second encoder's pooled embedding, the others the last
  /// states.
  public func encode(_ text: String) -> Conditioning {
    TensorArena.keeping { encoding(of: text) }
  }

  private func encoding(of text: String) -> Conditioning {
    let encodings = branches.map { $0.encoder($0.tokenizer(text)) }
    guard isSDXL, let last = encodings.last else { return Conditioning(context: encodings[0].last) }
    return Conditioning(
      context: .concatenating(encodings.map(\.penultimate), axis: -1), pooled: last.pooled)
  }

  /// The conditioning of nothing at all, of the shapes that `encode` gives.
  public func zeros() -> Conditioning {
    Conditioning(
      context: Tensor([1, branches[0].tokenizer.length, contextWidth], repeating: 0),
      pooled: pooledWidth.map { Tensor([1, $0], repeating: 0) })
  }

  /// The conditioning that the model was trained with where there was no prompt.
  public var unprompted: Conditioning { forcesZerosForEmptyPrompt ? zeros() : encode("") }

  /// The width `P` of the pooled embedding; nil where there is none.
  public var pooledWidth: Int? {
    isSDXL
      ? branches.last.map { $0.encoder.configuration.projection ?? $0.encoder.configuration.width }
      : nil
  }

  /// Whether the states of two encoders stand side by side, as they are before their last layers.
  var isSDXL: Bool { branches.count > 1 }
}
