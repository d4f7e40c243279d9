/// The numbers of a tiny autoencoder, from diffusers' `AutoencoderTiny` configuration.
struct TinyAutoencoderConfiguration: Equatable, Sendable {
  let latentChannels: Int
  /// Of all layers but the first and the last.
  let channels: Int
  /// The number of blocks of each level, from the full resolution down.
  let encoderBlocks: [Int]
  /// The same, from the lowest level up.
  let decoderBlocks: [Int]
  /// A latent is multiplied by it after encoding, and divided before decoding.
  let scalingFactor: Float

  /// TAESD and TAESDXL.
  ///
  /// Source: `config.json` of `madebyollin/taesd` and `madebyollin/taesdxl`.
  static let published = TinyAutoencoderConfiguration(
    latentChannels: 4, channels: 64, encoderBlocks: [1, 3, 3, 3], decoderBlocks: [3, 3, 3, 1],
    scalingFactor: 1)

  /// As diffusers numbers them: `layers.0` is the first convolution.
  var encoderLayers: [(index: Int, layer: TinyStack.Layer)] {
    var layers: [TinyStack.Layer] = []
    for (level, blocks) in encoderBlocks.enumerated() {
      layers.append(
        level == 0 ? .convolution(inputs: 3, outputs: channels) : .halving(channels))
      layers += Array(repeating: .block(channels), count: blocks)
    }
    layers.append(.convolution(inputs: channels, outputs: latentChannels))
    return layers.enumerated().map { ($0, $1) }
  }

  /// As diffusers numbers them: layers without weights, rectifying and doubling, have numbers too.
  var decoderLayers: [(index: Int, layer: TinyStack.Layer)] {
    var layers: [TinyStack.Layer?] = [
      .convolution(inputs: latentChannels, outputs: channels, isRectified: true), nil,
    ]
    for (level, blocks) in decoderBlocks.enumerated() {
      layers += Array(repeating: .block(channels), count: blocks)
      let isLast = level == decoderBlocks.count - 1
      layers +=
        isLast ? [.convolution(inputs: channels, outputs: 3)] : [nil, .doubling(channels)]
    }
    return layers.enumerated().compactMap { index, layer in layer.map { (index, $0) } }
  }
}

extension TinyAutoencoderConfiguration {
  /// - Throws: `CheckpointError` where a value is out of range or of a kind that is not supported.
  init(_ file: ConfigurationFile) throws {
    try file.require("act_fn", is: .text("relu"))
    try file.require("upsample_fn", is: .text("nearest"))
    try file.require("upsampling_scaling_factor", is: .number(2))
    for key in ["in_channels", "out_channels"] { try file.require(key, is: .number(3)) }
    latentChannels = try file.integer("latent_channels", default: 4, in: 1...64)
    scalingFactor = Float(try file.number("scaling_factor", default: 1, in: 1e-6...1e6))
    encoderBlocks = try file.blocks("num_encoder_blocks", default: Self.published.encoderBlocks)
    decoderBlocks = try file.blocks("num_decoder_blocks", default: Self.published.decoderBlocks)
    channels = try file.width("encoder_block_out_channels", levels: encoderBlocks.count)
    guard try file.width("decoder_block_out_channels", levels: decoderBlocks.count) == channels
    else { throw file.wrong("decoder_block_out_channels", mustBe: "\(channels) everywhere") }
  }
}

extension ConfigurationFile {
  fileprivate func blocks(_ key: String, default fallback: [Int]) throws -> [Int] {
    guard let value = self[key] else { return fallback }
    let counts = value.list?.compactMap(\.integer).filter { (0...64).contains($0) } ?? []
    guard (1...8).contains(counts.count), counts.count == value.list?.count else {
      throw wrong(key, mustBe: "a list of 1 to 8 whole numbers in 0...64")
    }
    return counts
  }

  /// The one width of all levels: `AutoencoderTiny` can hold no others.
  fileprivate func width(_ key: String, levels: Int) throws -> Int {
    let widths = try integers(key, count: levels, default: 64, in: 1...65_536)
    guard Set(widths).count == 1 else { throw wrong(key, mustBe: "the same number everywhere") }
    return widths[0]
  }
}
