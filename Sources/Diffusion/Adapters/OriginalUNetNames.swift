/// The names that the modules of a UNet have in Stability AI's original code, which numbers all layers in a row:
/// `down_blocks.0.resnets.1.conv1` is `input_blocks.2.0.in_layers.2`.
///
/// Source: diffusers' `convert_ldm_unet_checkpoint`.
struct OriginalUNetNames {
  /// The layers in each block on the way down and up.
  private let down, up: [Int]
  private let modules: Set<String>

  /// - Parameter modules: the keys of all of the UNet's modules.
  init(_ modules: some Sequence<String>) {
    self.modules = Set(modules)
    down = Self.layerCounts("down_blocks", self.modules)
    up = Self.layerCounts("up_blocks", self.modules)
  }

  private static func layerCounts(_ side: String, _ modules: Set<String>) -> [Int] {
    func count(_ prefix: String, _ suffix: String) -> Int {
      var count = 0
      while modules.contains("\(prefix).\(count).\(suffix)") { count += 1 }
      return count
    }
    return (0..<count(side, "resnets.0.conv1")).map { count("\(side).\($0).resnets", "conv1") }
  }

  /// The original name of a module; nil for what the original lacks.
  func callAsFunction(_ module: String) -> String? {
    if let name = Self.single[module] { return name }
    let names = module.split(separator: ".").map(String.init)
    let isMid = names.first == "mid_block"
    guard names.count >= (isMid ? 4 : 5), let index = Int(names[isMid ? 2 : 3]),
      let block = isMid ? 0 : Int(names[1])
    else { return nil }
    let kind = names[isMid ? 1 : 2]
    let inner = names.dropFirst(isMid ? 3 : 4).joined(separator: ".")
    guard let place = place(names[0], block, kind, index) else { return nil }
    switch kind {
    case "resnets": return "\(place).\(Self.resnet[inner] ?? inner)"
    case "downsamplers": return "\(place).op"
    default: return "\(place).\(inner)"
    }
  }

  private func place(_ side: String, _ block: Int, _ kind: String, _ index: Int) -> String? {
    switch (side, kind) {
    case ("mid_block", "resnets"): "middle_block.\(2 * index)"
    case ("mid_block", _): "middle_block.1"
    // The first is the convolution before all blocks; each block ends with its downsampling.
    case ("down_blocks", "downsamplers"):
      "input_blocks.\(first(block, down, 1) + 1 + down[block]).0"
    case ("down_blocks", _):
      "input_blocks.\(first(block, down, 1) + 1 + index).\(kind == "attentions" ? 1 : 0)"
    case ("up_blocks", "upsamplers"):
      "output_blocks.\(first(block, up, 0) + up[block] - 1).\(attends(block) ? 2 : 1)"
    case ("up_blocks", _):
      "output_blocks.\(first(block, up, 0) + index).\(kind == "attentions" ? 1 : 0)"
    default: nil
    }
  }

  private func first(_ block: Int, _ counts: [Int], _ between: Int) -> Int {
    counts.prefix(block).reduce(0) { $0 + $1 + between }
  }

  private func attends(_ block: Int) -> Bool {
    modules.contains("up_blocks.\(block).attentions.0.proj_in")
  }

  private static let single = [
    "conv_in": "input_blocks.0.0", "conv_norm_out": "out.0", "conv_out": "out.2",
    "time_embedding.linear_1": "time_embed.0", "time_embedding.linear_2": "time_embed.2",
    "add_embedding.linear_1": "label_emb.0.0", "add_embedding.linear_2": "label_emb.0.2",
  ]
  private static let resnet = [
    "norm1": "in_layers.0", "conv1": "in_layers.2", "time_emb_proj": "emb_layers.1",
    "norm2": "out_layers.0", "conv2": "out_layers.3", "conv_shortcut": "skip_connection",
  ]
}
