extension Tensor {
  /// `[N, H, W, C]` at another size, each pixel a copy of the input's at `floor(i * in / out)`:
  /// PyTorch's `nearest`.
  public func upsampledNearest(to height: Int, width: Int) -> Tensor {
    precondition(shape.rank == 4 && height >= 0 && width >= 0, "a picture of shape \(shape)")
    let (inputHeight, inputWidth, channels) = (shape[1], shape[2], shape[3])
    let lines = shape[0] * height
    return Tensor(
      [shape[0], height, width, channels], by: .upsampling, items: lines, cost: width * channels
    ) {
      range, output in
      withPointer { input in
        for line in range {
          let (sample, y) = line.quotientAndRemainder(dividingBy: height)
          let source =
            input + (sample * inputHeight + y * inputHeight / height) * inputWidth * channels
          let target = output + line * width * channels
          for x in 0..<width {
            (target + x * channels).update(
              from: source + x * inputWidth / width * channels, count: channels)
          }
        }
      }
    }
  }
}
