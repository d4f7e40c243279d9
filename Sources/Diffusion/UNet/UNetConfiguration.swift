/// The numbers of a UNet, from diffusers' `UNet2DConditionModel` configuration.
struct UNetConfiguration: Equatable, Sendable {
  /// One resolution. The blocks on the way down and on the way up share its numbers.
  struct Level: Equatable, Sendable {
    let channels: Int
    /// The number of resnets on the way down; one more on the way up.
    let layers: Int
    /// The number of blocks in each transformer.
    let depth: Int
    let heads: Int
    let attendsDown: Bool
    let attendsUp: Bool
  }

  /// SDXL's second condition: the pooled text embedding and the sizes, each size a sinusoid.
  struct Added: Equatable, Sendable {
    /// The width of one size's sinusoid.
    let timeWidth: Int
    /// The width of the whole: the pooled embedding and all sinusoids.
    let inputs: Int
  }

  let inChannels: Int
  let outChannels: Int
  let contextWidth: Int
  /// From the full resolution down.
  let levels: [Level]
  let usesLinearProjection: Bool
  let groups: Int
  let epsilon: Float
  let flipsSineToCosine: Bool
  let frequencyShift: Float
  let added: Added?
  /// Whether there is a transformer in the middle; small ControlNets may have none.
  var attendsInMiddle = true

  /// The width of the time embedding.
  var timeWidth: Int { 4 * levels[0].channels }

  /// Whether there is a transformer at all.
  var attends: Bool { attendsInMiddle || levels.contains { $0.attendsDown || $0.attendsUp } }

  /// The channels of what is kept on the way down, in the order in which it is kept.
  var keptChannels: [Int] {
    levels.enumerated().reduce(into: [levels[0].channels]) { kept, level in
      let isLast = level.offset == levels.count - 1
      kept += Array(
        repeating: level.element.channels, count: level.element.layers + (isLast ? 0 : 1))
    }
  }
}

extension UNetConfiguration {
  init(_ file: ConfigurationFile) throws {
    try file.require("mid_block_type", is: .text("UNetMidBlock2DCrossAttn"))
    let up = try Self.attends(
      file, "up_block_types", plain: "UpBlock2D", attending: "CrossAttnUpBlock2D")
    try self.init(file, up: up)
  }

  /// The way down and the middle alone, which are what a ControlNet copies: nothing attends on the way up.
  init(wayDown file: ConfigurationFile) throws {
    try file.require(
      "mid_block_type", is: .text("UNetMidBlock2DCrossAttn"), .text("UNetMidBlock2D"))
    try self.init(file, up: nil)
    attendsInMiddle = file["mid_block_type"] != .text("UNetMidBlock2D")
  }

  private init(_ file: ConfigurationFile, up: [Bool]?) throws {
    try Self.refuseUnsupported(file)
    inChannels = try file.integer("in_channels", default: 4, in: 1...64)
    outChannels = try file.integer("out_channels", default: 4, in: 1...64)
    contextWidth = try file.integer("cross_attention_dim", default: 1280)
    usesLinearProjection = try file.flag("use_linear_projection", default: false)
    groups = try file.integer("norm_num_groups", default: 32)
    epsilon = Float(try file.number("norm_eps", default: 1e-5, in: 0...1))
    flipsSineToCosine = try file.flag("flip_sin_to_cos", default: true)
    frequencyShift = Float(try file.number("freq_shift", default: 0, in: 0...1))
    added = try Added(file)
    levels = try Self.levels(file, up: up)
    try Self.validate(levels, groups: groups, file)
  }

  private static func levels(_ file: ConfigurationFile, up: [Bool]?) throws -> [Level] {
    let down = try attends(
      file, "down_block_types", plain: "DownBlock2D", attending: "CrossAttnDownBlock2D")
    let count = down.count
    guard up.map({ $0.count == count }) ?? true else {
      throw file.wrong("up_block_types", mustBe: "a list of \(count), as `down_block_types`")
    }
    let channels = try file.integers("block_out_channels", count: count, in: 4...65_536)
    let layers = try file.integers("layers_per_block", count: count, default: 2, in: 1...16)
    let depths = try file.integers(
      "transformer_layers_per_block", count: count, default: 1, in: (up == nil ? 0 : 1)...32)
    // Named so by diffusers, but it is the number of heads: it divides the channels by it.
    let heads = try file.integers("attention_head_dim", count: count, default: 8)
    return (0..<count).map { index in
      Level(
        channels: channels[index], layers: layers[index], depth: depths[index], heads: heads[index],
        attendsDown: down[index], attendsUp: up?[count - 1 - index] ?? false)
    }
  }

  /// Which of the blocks have transformers.
  private static func attends(
    _ file: ConfigurationFile, _ key: String, plain: String, attending: String
  ) throws -> [Bool] {
    let types = try file.texts(key)
    guard (1...8).contains(types.count) else { throw file.wrong(key, mustBe: "a list of 1 to 8") }
    for type in types where type != plain && type != attending {
      throw CheckpointError.unsupported(
        path: file.path, key: key, value: type, supported: "blocks are \(plain) and \(attending)")
    }
    return types.map { $0 == attending }
  }

  private static func validate(
    _ levels: [Level], groups: Int, _ file: ConfigurationFile
  ) throws {
    guard levels.allSatisfy({ $0.channels.isMultiple(of: groups) }) else {
      throw file.wrong("norm_num_groups", mustBe: "a divisor of every one of `block_out_channels`")
    }
    guard levels[0].channels.isMultiple(of: 2) else {
      throw file.wrong("block_out_channels", mustBe: "even at first")
    }
    for (index, level) in levels.enumerated() {
      let attends = level.attendsDown || level.attendsUp || index == levels.count - 1
      if attends, !level.channels.isMultiple(of: level.heads) {
        throw file.wrong(
          "attention_head_dim", mustBe: "a divisor of each block's channels, here \(level.channels)"
        )
      }
    }
  }

  private static func refuseUnsupported(_ file: ConfigurationFile) throws {
    for (key, value) in onlySupported { try file.require(key, is: value) }
    for key in onlyAbsent { try file.require(key) }
  }

  private static let onlySupported: [(String, JSONValue)] = [
    ("center_input_sample", .flag(false)), ("only_cross_attention", .flag(false)),
    ("mid_block_only_cross_attention", .flag(false)),
    ("downsample_padding", .number(1)), ("mid_block_scale_factor", .number(1)),
    ("act_fn", .text("silu")), ("dual_cross_attention", .flag(false)),
    ("addition_embed_type", .text("text_time")), ("resnet_time_scale_shift", .text("default")),
    ("resnet_skip_time_act", .flag(false)), ("resnet_out_scale_factor", .number(1)),
    ("time_embedding_type", .text("positional")), ("conv_in_kernel", .number(3)),
    ("conv_out_kernel", .number(3)), ("attention_type", .text("default")),
    ("class_embeddings_concat", .flag(false)),
  ]

  private static let onlyAbsent = [
    "encoder_hid_dim", "encoder_hid_dim_type", "class_embed_type", "num_class_embeds",
    "time_embedding_dim", "time_embedding_act_fn", "timestep_post_act", "time_cond_proj_dim",
    "cross_attention_norm", "num_attention_heads", "reverse_transformer_layers_per_block",
  ]
}

extension UNetConfiguration.Added {
  init?(_ file: ConfigurationFile) throws {
    guard file["addition_embed_type"] != nil else { return nil }
    timeWidth = try file.integer("addition_time_embed_dim", in: 2...65_536)
    inputs = try file.integer("projection_class_embeddings_input_dim")
    guard timeWidth.isMultiple(of: 2) else {
      throw file.wrong("addition_time_embed_dim", mustBe: "even")
    }
  }
}
