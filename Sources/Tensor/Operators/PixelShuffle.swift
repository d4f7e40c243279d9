extension Tensor {
  /// Channels laid out as pixels, `[N, H, W, C * f * f]` to `[N, H * f, W * f, C]`: PyTorch's `pixel_shuffle`, of the
  /// sub-pixel convolution of Shi et al., "Real-Time Single Image and Video Super-Resolution" (2016).
  public func pixelsShuffled(by factor: Int) -> Tensor {
    let (height, width, channels) = (shape[1], shape[2], shape[3] / (factor * factor))
    precondition(channels * factor * factor == shape[3], "\(shape) by \(factor)")
    let result: Shape = [shape[0], height * factor, width * factor, channels]
    let lineSize = width * factor * channels
    return Tensor(result, by: .upsampling, items: result[0] * result[1], cost: lineSize) {
      lines, output in
      withPointer { input in
        for line in lines {
          let (source, dy) = line.quotientAndRemainder(dividingBy: factor)
          for x in 0..<width * factor {
            let (pixel, dx) = x.quotientAndRemainder(dividingBy: factor)
            let first = input + (source * width + pixel) * shape[3] + dy * factor + dx
            for channel in 0..<channels {
              output[line * lineSize + x * channels + channel] = first[channel * factor * factor]
            }
          }
        }
      }
    }
  }

  /// Blocks of pixels laid out as channels, `[N, H * f, W * f, C]` to `[N, H, W, C * f * f]`: PyTorch's
  /// `pixel_unshuffle`.
  public func pixelsUnshuffled(by factor: Int) -> Tensor {
    let (height, width, channels) = (shape[1] / factor, shape[2] / factor, shape[3])
    precondition(
      height * factor == shape[1] && width * factor == shape[2], "\(shape) by \(factor)")
    let depth = channels * factor * factor
    return Tensor(
      [shape[0], height, width, depth], by: .upsampling, items: shape[0] * height,
      cost: width * depth
    ) { lines, output in
      withPointer { input in
        for line in lines {
          for x in 0..<width {
            let target = output + (line * width + x) * depth
            for index in 0..<depth {
              let (channel, place) = index.quotientAndRemainder(dividingBy: factor * factor)
              let (dy, dx) = place.quotientAndRemainder(dividingBy: factor)
              let y = line * factor + dy
              target[index] = input[(y * shape[2] + x * factor + dx) * channels + channel]
            }
          }
        }
      }
    }
  }
}
