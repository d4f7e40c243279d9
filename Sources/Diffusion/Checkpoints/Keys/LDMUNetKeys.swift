/// The original layout of a UNet: CompVis' and Stability's `UNetModel`, which numbers the blocks of each side through
/// all levels.
///
/// Source: `ldm/modules/diffusionmodules/openaimodel.py` of CompVis' latent-diffusion; the names on the other side are
/// those of diffusers' `convert_ldm_unet_checkpoint`.
struct LDMUNetKeys: KeyTable {
  /// By level, from the full resolution down: the number of resnets on the way down. One more on the way up.
  private let layers: [Int]
  /// By level, from the lowest up: the place of the upsampling in its block, after a transformer if there is one.
  private let upsamplers: [Int]

  /// Learns the structure from the keys that there are.
  init(_ contains: (String) -> Bool) {
    var layers = [0]
    for block in 1... {
      if contains("input_blocks.\(block).0.in_layers.0.weight") {
        layers[layers.count - 1] += 1
      } else if contains("input_blocks.\(block).0.op.weight") {
        layers.append(0)
      } else {
        break
      }
    }
    self.layers = layers
    var end = -1
    upsamplers = layers.reversed().map { count in
      end += count + 1
      return contains("output_blocks.\(end).1.conv.weight") ? 1 : 2
    }
  }

  /// Learns the structure from the names that diffusers has for the modules.
  init(modules: Set<String>) {
    func count(_ prefix: String, _ suffix: String) -> Int {
      (0...).first { !modules.contains("\(prefix).\($0).\(suffix)") } ?? 0
    }
    let levels = 0..<count("down_blocks", "resnets.0.conv1")
    layers = levels.map { count("down_blocks.\($0).resnets", "conv1") }
    upsamplers = levels.map { modules.contains("up_blocks.\($0).attentions.0.proj_in") ? 2 : 1 }
  }

  /// What the original code calls a module.
  func name(ofModule module: String) -> String {
    String(place(of: "\(module).weight").key.dropLast(".weight".count))
  }

  func place(of key: String) -> StoredPlace {
    guard let path = ModulePath(key[...]) else {
      return StoredPlace(key: Self.outside.renaming(key[...]))
    }
    guard layers.indices.contains(path.level), let module = module(path) else {
      return StoredPlace(key: key)
    }
    let inside = Self.inside[path.kind] ?? [:]
    return StoredPlace(key: "\(module).\(inside.renaming(path.rest))")
  }

  func isKnownExtra(_ key: String) -> Bool { false }

  private func module(_ path: ModulePath) -> String? {
    switch (path.side, path.kind) {
    case ("down_blocks", "resnets"): "input_blocks.\(firstDown(path) + path.index).0"
    case ("down_blocks", "attentions"): "input_blocks.\(firstDown(path) + path.index).1"
    case ("down_blocks", "downsamplers"):
      "input_blocks.\(firstDown(path) + layers[path.level]).\(path.index)"
    case ("mid_block", "resnets"): "middle_block.\(2 * path.index)"
    case ("mid_block", "attentions"): "middle_block.\(1 + path.index)"
    case ("up_blocks", "resnets"): "output_blocks.\(firstUp(path.level) + path.index).0"
    case ("up_blocks", "attentions"): "output_blocks.\(firstUp(path.level) + path.index).1"
    case ("up_blocks", "upsamplers"):
      "output_blocks.\(firstUp(path.level + 1) - 1).\(upsamplers[path.level])"
    default: nil
    }
  }

  /// Block 0 is the first convolution; each level but the last ends with a block that halves.
  private func firstDown(_ path: ModulePath) -> Int {
    1 + layers.prefix(path.level).reduce(0) { $0 + $1 + 1 }
  }

  private func firstUp(_ level: Int) -> Int {
    layers.reversed().prefix(level).reduce(0) { $0 + $1 + 1 }
  }

  private static let outside: [Substring: String] = [
    "conv_in": "input_blocks.0.0", "time_embedding.linear_1": "time_embed.0",
    "time_embedding.linear_2": "time_embed.2", "add_embedding.linear_1": "label_emb.0.0",
    "add_embedding.linear_2": "label_emb.0.2", "conv_norm_out": "out.0", "conv_out": "out.2",
  ]

  /// By the module's kind; what is inside transformers and upsamplings has the same names in both layouts.
  private static let inside: [Substring: [Substring: String]] = [
    "resnets": [
      "norm1": "in_layers.0", "conv1": "in_layers.2", "time_emb_proj": "emb_layers.1",
      "norm2": "out_layers.0", "conv2": "out_layers.3", "conv_shortcut": "skip_connection",
    ],
    "downsamplers": ["conv": "op"],
  ]
}
