import Tensor

/// The numbers of an `RRDBNet`, which its tensors tell.
struct ResidualDenseConfiguration: Equatable, Sendable {
  /// The channels that go in: 3, or 12 and 48 for pictures that are folded.
  let inputs: Int
  /// Of all layers but those within dense blocks.
  let channels: Int
  /// What each convolution of a dense block adds.
  let growth: Int
  let blocks: Int
  let doublings: Int
  /// Those of ESRGAN+.
  let hasShortcuts: Bool

  /// How many pixels, along each side, become channels of one.
  var folding: Int { inputs == 48 ? 4 : inputs == 12 ? 2 : 1 }
  var scale: Int { (1 << doublings) / folding }
}

extension ResidualDenseConfiguration {
  /// - Throws: `CheckpointError` where a size is missing or of a network that takes no pictures in three colours.
  init(measuring weights: Weights) throws {
    let first = weights["conv_first"]
    inputs = try first.size("weight", axis: 1)
    channels = try first.size("weight", axis: 0)
    growth = try weights["body"][0]["rdb1"]["conv1"].size("weight", axis: 0)
    blocks = weights["body"].count(having: "rdb1.conv1.weight")
    doublings = (1...3).first { !weights["conv_up\($0)"].contains("weight") }.map { $0 - 1 } ?? 3
    hasShortcuts = weights["body"][0]["rdb1"].contains("conv1x1.weight")
    let outputs = try weights["conv_last"].size("weight", axis: 0)
    guard [3, 12, 48].contains(inputs), outputs == 3, scale > 0 else {
      throw CheckpointError.malformed(
        path: weights.archive.files.name,
        reason:
          "an upscaler of \(inputs) channels to \(outputs); only those of three colours are supported"
      )
    }
  }
}
