/// The numbers of an autoencoder, from diffusers' `AutoencoderKL` configuration.
struct VAEConfiguration: Equatable, Sendable {
  let latentChannels: Int
  /// The channels of each level, from the full resolution down.
  let channels: [Int]
  /// The number of resnets a level of the encoder; the decoder has one more.
  let layers: Int
  let groups: Int
  let attendsInMiddle: Bool
  let hasQuantConv: Bool
  let hasPostQuantConv: Bool
  let scaling: LatentScaling
}

extension VAEConfiguration {
  init(_ file: ConfigurationFile) throws {
    try file.require("act_fn", is: .text("silu"))
    try file.require("shift_factor")
    for key in ["in_channels", "out_channels"] { try file.require(key, is: .number(3)) }
    latentChannels = try file.integer("latent_channels", default: 4, in: 1...64)
    let levels = try Self.levelCount(file)
    channels = try file.integers("block_out_channels", count: levels, default: 64, in: 1...65_536)
    layers = try file.integer("layers_per_block", default: 1, in: 1...64)
    groups = try file.integer("norm_num_groups", default: 32)
    attendsInMiddle = try file.flag("mid_block_add_attention", default: true)
    hasQuantConv = try file.flag("use_quant_conv", default: true)
    hasPostQuantConv = try file.flag("use_post_quant_conv", default: true)
    scaling = try LatentScaling(file, channels: latentChannels)
    guard channels.allSatisfy({ $0.isMultiple(of: groups) }) else {
      throw file.wrong("norm_num_groups", mustBe: "a divisor of every one of `block_out_channels`")
    }
  }

  private static func levelCount(_ file: ConfigurationFile) throws -> Int {
    var counts: [Int] = []
    for (key, type) in [
      ("down_block_types", "DownEncoderBlock2D"), ("up_block_types", "UpDecoderBlock2D"),
    ] {
      let types = try file.texts(key, default: [type])
      for other in types where other != type {
        throw CheckpointError.unsupported(
          path: file.path, key: key, value: other, supported: "every block must be \(type)")
      }
      counts.append(types.count)
    }
    guard (1...8).contains(counts[0]) else {
      throw file.wrong("down_block_types", mustBe: "a list of 1 to 8")
    }
    guard counts[0] == counts[1] else {
      throw file.wrong("up_block_types", mustBe: "a list of \(counts[0]), as `down_block_types`")
    }
    return counts[0]
  }
}
