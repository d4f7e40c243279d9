/// The original layout of an autoencoder, CompVis' `AutoencoderKL`: the decoder's levels are numbered from the full
/// resolution down, and its attention is made of convolutions of one pixel.
///
/// Source: `ldm/modules/diffusionmodules/model.py` of CompVis' latent-diffusion; the names on the other side are those
/// of diffusers' `convert_ldm_vae_checkpoint`.
struct LDMAutoencoderKeys: KeyTable {
  private let levels: Int

  /// Learns the number of levels from the keys that there are.
  init(_ contains: (String) -> Bool) {
    levels = (0...).first { !contains("decoder.up.\($0).block.0.norm1.weight") } ?? 0
  }

  func place(of key: String) -> StoredPlace {
    guard let dot = key.firstIndex(of: "."), key.hasPrefix("encoder") || key.hasPrefix("decoder")
    else { return StoredPlace(key: key) }
    let inner = key[key.index(after: dot)...]
    return StoredPlace(key: "\(key[..<dot]).\(renamed(inner))")
  }

  /// The critic of the training.
  func isKnownExtra(_ key: String) -> Bool { key.hasPrefix("loss.") }

  private func renamed(_ key: Substring) -> String {
    guard let path = ModulePath(key) else { return Self.outside.renaming(key) }
    guard let module = module(path) else { return String(key) }
    return "\(module).\(Self.inside.renaming(path.rest))"
  }

  private func module(_ path: ModulePath) -> String? {
    let up = levels - 1 - path.level
    return switch (path.side, path.kind) {
    case ("down_blocks", "resnets"): "down.\(path.level).block.\(path.index)"
    case ("down_blocks", "downsamplers"): "down.\(path.level).downsample"
    case ("mid_block", "resnets"): "mid.block_\(path.index + 1)"
    case ("mid_block", "attentions"): "mid.attn_\(path.index + 1)"
    case ("up_blocks", "resnets"): "up.\(up).block.\(path.index)"
    case ("up_blocks", "upsamplers"): "up.\(up).upsample"
    default: nil
    }
  }

  private static let outside: [Substring: String] = ["conv_norm_out": "norm_out"]

  private static let inside: [Substring: String] = [
    "conv_shortcut": "nin_shortcut", "group_norm": "norm", "to_q": "q", "to_k": "k", "to_v": "v",
    "to_out.0": "proj_out",
  ]
}
