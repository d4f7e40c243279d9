import Tensor

/// A network that enlarges pictures.
protocol UpscalerNetwork: Sendable {
  /// How many times as wide and high pictures become.
  var scale: Int { get }

  /// A picture `[1, H, W, 3]`, from 0 to 1, to `[1, H * scale, W * scale, 3]`, which may go a little beyond.
  /// - Parameters:
  ///   - memory: about what the bands of a stage may take, in bytes; it changes no bit.
  ///   - finishedStep: called behind each band of each stage; what it throws ends the work.
  func upscaled(
    _ picture: Tensor, memory: Int, finishedStep: () throws -> Void
  ) throws -> Tensor

  /// How often `upscaled` calls `finishedStep` for a picture of this size.
  func stepCount(height: Int, width: Int, memory: Int) -> Int

  /// About what a picture of so many pixels takes, in bytes.
  func peakBytes(pixels: Int) -> Int
}
