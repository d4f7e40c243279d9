/// Cuts a prompt into chunks as ComfyUI does (`SDTokenizer.tokenize_with_weights` in `comfy/sd1_clip.py`): a group of
/// fewer than eight tokens that does not fit goes whole to the next chunk, a longer one is cut where the chunk is full.
/// - Parameter room: the tokens of a chunk, at least 1.
/// - Returns: at least one chunk, perhaps empty.
func comfyChunks(of groups: [PromptGroup], room: Int) -> [[WeightedToken]] {
  let longestWord = min(7, room)
  var chunks: [[WeightedToken]] = []
  var chunk: [WeightedToken] = []
  for group in groups {
    var rest = group.tokens[...]
    while chunk.count + rest.count > room {
      let fitting = group.tokens.count <= longestWord ? 0 : room - chunk.count
      chunks.append(chunk + rest.prefix(fitting))
      rest = rest.dropFirst(fitting)
      chunk = []
    }
    chunk += rest
  }
  return chunks + [chunk]
}
