/// Cuts a prompt into chunks as AUTOMATIC1111 does (`tokenize_line` in `modules/sd_hijack_clip.py`): where a chunk is full
/// and one of its last twenty tokens is a comma, what follows that goes to the next chunk. An embedding is not cut where
/// it fits into a chunk at all.
/// - Parameters:
///   - room: the tokens of a chunk, at least 1.
///   - comma: the token of a comma that ends a word; nil where the vocabulary has none.
/// - Returns: at least one chunk, perhaps empty.
func a1111Chunks(of groups: [PromptGroup], room: Int, comma: Int?) -> [[WeightedToken]] {
  let backtrack = 20
  var chunks: [[WeightedToken]] = []
  var chunk: [WeightedToken] = []
  var lastComma: Int?
  func endChunk(keeping count: Int) {
    chunks.append(Array(chunk.prefix(count)))
    chunk.removeFirst(count)
    lastComma = nil
  }
  for group in groups {
    for (index, token) in group.tokens.enumerated() {
      if let comma, token.token == .word(comma) {
        lastComma = chunk.count
      } else if chunk.count == room, let comma = lastComma, room - comma <= backtrack {
        endChunk(keeping: comma + 1)
      }
      let needed = group.isEmbedding && index == 0 ? min(group.tokens.count, room) : 1
      if chunk.count + needed > room { endChunk(keeping: chunk.count) }
      chunk.append(token)
    }
  }
  return chunk.isEmpty && !chunks.isEmpty ? chunks : chunks + [chunk]
}
