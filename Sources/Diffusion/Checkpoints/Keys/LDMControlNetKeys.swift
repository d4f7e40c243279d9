/// The original layout of a ControlNet: that of the UNet which it copies, with the hint's convolutions in one list and
/// the zero convolutions numbered as the blocks are.
///
/// Source: `cldm/cldm.py` of lllyasviel's ControlNet; the names on the other side are those of diffusers'
/// `convert_controlnet_checkpoint`.
struct LDMControlNetKeys: KeyTable {
  private let trunk: LDMUNetKeys
  /// The number of the hint's convolutions between the first and the last.
  private let hintBlocks: Int

  /// Learns the structure from the keys that there are.
  init(_ contains: (String) -> Bool) {
    trunk = LDMUNetKeys(contains)
    // SiLU takes the odd places of the list.
    let convolutions = (0...).first { !contains("input_hint_block.\(2 * $0).weight") } ?? 0
    hintBlocks = max(convolutions - 2, 0)
  }

  func place(of key: String) -> StoredPlace {
    guard let dot = key.lastIndex(of: "."), let module = module(key[..<dot]) else {
      return trunk.place(of: key)
    }
    return StoredPlace(key: module + key[dot...])
  }

  func isKnownExtra(_ key: String) -> Bool { false }

  private func module(_ name: Substring) -> String? {
    let parts = name.split(separator: ".")
    switch (parts.first, parts.last) {
    case ("controlnet_down_blocks", let index?): return "zero_convs.\(index).0"
    case ("controlnet_mid_block", _): return "middle_block_out.0"
    case ("controlnet_cond_embedding", "conv_in"): return "input_hint_block.0"
    case ("controlnet_cond_embedding", "conv_out"):
      return "input_hint_block.\(2 * (hintBlocks + 1))"
    case ("controlnet_cond_embedding", let index?):
      return Int(index).map { "input_hint_block.\(2 * ($0 + 1))" }
    default: return nil
    }
  }
}
