extension VAEConfiguration {
  /// Of decoding a latent `[1, height, width, latentChannels]`.
  func decodingOperations(height: Int, width: Int) -> Int {
    let levels = Array(channels.reversed())
    var pixels = height * width
    var sum =
      (hasPostQuantConv ? Operations.linear(rows: pixels, latentChannels, latentChannels) : 0)
      + Operations.convolution(pixels: pixels, latentChannels, levels[0])
      + middleOperations(pixels: pixels)
    for (index, channels) in levels.enumerated() {
      sum += resnets(layers + 1, pixels: pixels, levels[max(index - 1, 0)], channels)
      guard index < levels.count - 1 else { break }
      pixels *= 4
      sum += Operations.convolution(pixels: pixels, channels, channels)
    }
    return sum + Operations.convolution(pixels: pixels, channels[0], 3)
  }

  /// Of encoding a picture `[1, height, width, 3]`.
  func encodingOperations(height: Int, width: Int) -> Int {
    var pixels = height * width
    var sum = Operations.convolution(pixels: pixels, 3, channels[0])
    for (index, outputs) in channels.enumerated() {
      sum += resnets(layers, pixels: pixels, channels[max(index - 1, 0)], outputs)
      guard index < channels.count - 1 else { break }
      pixels /= 4
      sum += Operations.convolution(pixels: pixels, outputs, outputs)
    }
    let moments = 2 * latentChannels
    return sum + middleOperations(pixels: pixels)
      + Operations.convolution(pixels: pixels, channels[channels.count - 1], moments)
      + (hasQuantConv ? Operations.linear(rows: pixels, moments, moments) : 0)
  }

  private func middleOperations(pixels: Int) -> Int {
    let width = channels[channels.count - 1]
    let attention =
      4 * Operations.linear(rows: pixels, width, width)
      + Operations.attention(queries: pixels, keys: pixels, width: width)
    return resnets(2, pixels: pixels, width, width) + (attendsInMiddle ? attention : 0)
  }

  private func resnets(_ count: Int, pixels: Int, _ inputs: Int, _ outputs: Int) -> Int {
    Operations.resnet(pixels: pixels, inputs, outputs)
      + (count - 1) * Operations.resnet(pixels: pixels, outputs, outputs)
  }
}
