import Tensor

/// Turns the runs of a prompt into tokens for one encoder, with embeddings in the place of their names.
struct PromptTokenizer {
  let tokenizer: CLIPTokenizer
  /// The attached embeddings' vectors for this encoder, `[n, C]`, by name.
  let embeddings: [String: Tensor]

  /// The chunks of a prompt, each with room in the encoder; at least one.
  /// - Throws: `PromptError.unknownEmbedding`.
  func chunks(of text: String, weighting: PromptWeighting) throws(PromptError) -> [[WeightedToken]]
  {
    var chunks: [[WeightedToken]] = []
    let sections = PromptParser.sections(of: text, weighting: weighting)
    for section in sections {
      var groups: [PromptGroup] = []
      for run in section { groups += try self.groups(of: run) }
      chunks += pack(groups, weighting)
    }
    // As in AUTOMATIC1111, nothing follows a `BREAK` at the end.
    return sections.count > 1 && chunks.last == [] ? chunks.dropLast() : chunks
  }

  private func pack(_ groups: [PromptGroup], _ weighting: PromptWeighting) -> [[WeightedToken]] {
    switch weighting {
    case .comfy: comfyChunks(of: groups, room: tokenizer.room)
    case .a1111:
      a1111Chunks(
        of: groups, room: tokenizer.room, comma: tokenizer.encoder.vocabulary[",</w>"])
    }
  }

  /// The words of a run, and the embeddings between them: `embedding:name` at the beginning of a word, up to white
  /// space, `<` or `[`, without commas at its end.
  private func groups(of run: PromptRun) throws(PromptError) -> [PromptGroup] {
    var groups: [PromptGroup] = []
    var words = ""
    var rest = Substring(run.text)
    while !rest.isEmpty {
      if words.last?.isWhitespace ?? true, rest.hasPrefix(Self.marker) {
        let name = rest.dropFirst(Self.marker.count).prefix {
          !$0.isWhitespace && $0 != "<" && $0 != "["
        }
        let (embedding, length) = try embedding(named: String(name))
        groups += wordGroup(words, run.weight)
        groups.append(group(embedding.rows.map(PromptToken.vector), run.weight, isEmbedding: true))
        words = ""
        rest = rest.dropFirst(Self.marker.count + length)
      } else {
        words.append(rest.removeFirst())
      }
    }
    return groups + wordGroup(words, run.weight)
  }

  private static let marker = "embedding:"

  private func wordGroup(_ words: String, _ weight: Double) -> [PromptGroup] {
    let tokens = tokenizer.words(of: words).map(PromptToken.word)
    return tokens.isEmpty ? [] : [group(tokens, weight, isEmbedding: false)]
  }

  private func group(
    _ tokens: [PromptToken], _ weight: Double, isEmbedding: Bool
  ) -> PromptGroup {
    PromptGroup(
      tokens: tokens.map { WeightedToken(token: $0, weight: Float(weight)) },
      isEmbedding: isEmbedding)
  }

  /// An embedding, and how many characters its name has in the text.
  private func embedding(named name: String) throws(PromptError) -> (Tensor, length: Int) {
    if let vectors = embeddings[name] { return (vectors, name.count) }
    let bare = String(name.reversed().drop { $0 == "," }.reversed())
    guard let vectors = embeddings[bare] else {
      throw PromptError.unknownEmbedding(name: bare, attached: embeddings.keys.sorted())
    }
    return (vectors, bare.count)
  }
}

extension Tensor {
  /// The rows of a matrix.
  fileprivate var rows: [[Float]] {
    let elements = elements
    return (0..<shape[0]).map { Array(elements[$0 * shape[1]..<($0 + 1) * shape[1]]) }
  }
}
