/// The numbers of a ControlNet, from diffusers' `ControlNetModel` configuration.
struct ControlNetConfiguration: Equatable, Sendable {
  /// The copied way down of a UNet, with its middle.
  let trunk: UNetConfiguration
  /// Of the hint's embedding, from the full resolution down.
  let hintChannels: [Int]

  /// How many pixels of the hint one element of the latent stands for, along an axis.
  var hintScale: Int { 1 << (hintChannels.count - 1) }
}

extension ControlNetConfiguration {
  init(_ file: ConfigurationFile) throws {
    try file.require("_class_name", is: .text("ControlNetModel"))
    try file.require("conditioning_channels", is: .number(3))
    try file.require("controlnet_conditioning_channel_order", is: .text("rgb"))
    try file.require("global_pool_conditions", is: .flag(false))
    trunk = try UNetConfiguration(wayDown: file)
    hintChannels = try Self.hintChannels(file)
  }

  private static func hintChannels(_ file: ConfigurationFile) throws -> [Int] {
    let key = "conditioning_embedding_out_channels"
    guard let count = file[key].map({ $0.list?.count ?? 0 }) else { return [16, 32, 96, 256] }
    guard (1...8).contains(count) else { throw file.wrong(key, mustBe: "a list of 1 to 8") }
    return try file.integers(key, count: count, in: 1...65_536)
  }
}

extension ControlNetConfiguration {
  /// Reads the numbers off the shapes of the weights, as `UNetConfiguration` does.
  /// - Throws: `CheckpointError` where a telling tensor is missing or of a size that cannot be.
  init(measuring weights: Weights) throws {
    let hint = weights["controlnet_cond_embedding"]
    let blocks = hint["blocks"].count(having: "weight")
    trunk = try UNetConfiguration(measuringWayDown: weights)
    hintChannels =
      try [hint.size("conv_in.weight", axis: 0, in: 1...65_536)]
      + stride(from: 1, to: min(blocks, 16), by: 2).map {
        try hint["blocks"].size("\($0).weight", axis: 0, in: 1...65_536)
      }
  }
}
