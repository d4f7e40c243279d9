/// The name of a tensor in one of the blocks of a UNet or an autoencoder, taken apart:
/// `down_blocks.0.resnets.1.norm1.weight`.
struct ModulePath {
  /// `down_blocks`, `mid_block` or `up_blocks`.
  let side: Substring
  /// The block's number on its side; 0 in the middle.
  let level: Int
  /// `resnets`, `attentions`, `downsamplers` or `upsamplers`.
  let kind: Substring
  /// The module's number among those of its kind.
  let index: Int
  /// What follows: `norm1.weight`.
  let rest: Substring

  /// Nil for names of another structure.
  init?(_ key: Substring) {
    let isMiddle = key.hasPrefix("mid_block.")
    let parts = key.split(separator: ".", maxSplits: isMiddle ? 3 : 4)
    guard parts.count == (isMiddle ? 4 : 5), let index = Int(parts[parts.count - 2]),
      let level = isMiddle ? 0 : Int(parts[1])
    else { return nil }
    (side, kind, rest) = (parts[0], parts[parts.count - 3], parts[parts.count - 1])
    (self.level, self.index) = (level, index)
  }
}

extension [Substring: String] {
  /// A name whose module, all but its last word, was renamed by this table; as it was where the table has none.
  func renaming(_ key: Substring) -> String {
    guard let dot = key.lastIndex(of: "."), let module = self[key[..<dot]] else {
      return String(key)
    }
    return module + key[dot...]
  }
}
