import Tensor

/// A network that enlarges pictures. Its weights are read when it is first used.
public struct Upscaler: Sendable {
  private let network: any UpscalerNetwork
  private let check: ResultCheck

  /// Opens a safetensors file with an ESRGAN, BSRGAN or Real-ESRGAN in any of their layouts, or one of Real-ESRGAN's
  /// compact models. What it is, and how large, its tensors tell.
  /// - Throws: `SafetensorsError` or `CheckpointError` where the file is missing, broken or something else.
  public init(opening path: String) throws {
    let file = try UpscalerFile(at: path)
    network = try file.load()
    check = ResultCheck(path: path) { try file.verifyFinite() }
  }

  /// How many times as wide and high pictures become.
  public var scale: Int { network.scale }

  /// A picture `[1, H, W, 3]`, from 0 to 1, as `[1, H * scale, W * scale, 3]`, within the same.
  /// - Parameter finishedStep: told each step, counted from 1, and their number; what it throws ends the work.
  /// - Throws: `CheckpointError` where results are no numbers.
  public func callAsFunction(
    _ picture: Tensor, finishedStep: (_ step: Int, _ count: Int) throws -> Void = { _, _ in }
  ) throws -> Tensor {
    let large = try upscaled(picture, finishedStep: finishedStep)
    try check(large)
    return large.map { min(max($0, 0), 1) }
  }

  /// The same, as the network gives it.
  /// - Parameter memory: about what a band of lines may take, in bytes; it changes no bit.
  func upscaled(
    _ picture: Tensor, memory: Int = UpscalerStage.memory,
    finishedStep: (_ step: Int, _ count: Int) throws -> Void = { _, _ in }
  ) throws -> Tensor {
    let count = network.stepCount(
      height: picture.shape[1], width: picture.shape[2], memory: memory)
    var step = 0
    return try TensorArena.keeping {
      try network.upscaled(picture, memory: memory) {
        step += 1
        try finishedStep(step, count)
      }
    }
  }

  /// About what a picture of this size takes at most beside the weights, in bytes.
  public func peakBytes(width: Int, height: Int) -> Int {
    network.peakBytes(pixels: width * height)
  }
}
