import Tensor

/// A network that enlarges pictures.
protocol UpscalerNetwork: Sendable {
  /// How many times as wide and high pictures become.
  var scale: Int { get }
  /// How often `finishedStep` is told.
  var stepCount: Int { get }

  /// A picture `[1, H, W, 3]`, from 0 to 1, to `[1, H * scale, W * scale, 3]`, which may go a little beyond.
  /// - Parameters:
  ///   - memory: about what the bands of a stage may take, in bytes; it changes no bit.
  ///   - finishedStep: told of each step; what it throws ends the work.
  func upscaled(
    _ picture: Tensor, memory: Int, finishedStep: () throws -> Void
  ) rethrows -> Tensor

  /// About what a picture of so many pixels takes, in bytes.
  func peakBytes(pixels: Int) -> Int
}
