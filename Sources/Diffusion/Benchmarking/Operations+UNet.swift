extension UNetConfiguration {
  /// Of one call on a latent `[batch, height, width, inChannels]` with a context of `tokens` tokens.
  func operations(batch: Int, height: Int, width: Int, tokens: Int) -> Int {
    UNetOperations(configuration: self, batch: batch, tokens: tokens)
      .total(height: height, width: width)
  }
}

/// The operations of a UNet's levels, on a batch.
private struct UNetOperations {
  let configuration: UNetConfiguration
  let batch, tokens: Int

  private var levels: [UNetConfiguration.Level] { configuration.levels }

  func total(height: Int, width: Int) -> Int {
    let pixels = levels.indices.map { level in
      batch * halved(height, times: level) * halved(width, times: level)
    }
    let (top, bottom) = (levels[0].channels, levels.count - 1)
    let ends =
      Operations.convolution(pixels: pixels[0], configuration.inChannels, top)
      + Operations.convolution(pixels: pixels[0], top, configuration.outChannels)
    return levels.indices.reduce(embeddings + ends + middle(pixels: pixels[bottom])) {
      $0 + down($1, pixels) + up($1, pixels)
    }
  }

  /// Each halving keeps the last pixel of an odd row.
  private func halved(_ size: Int, times: Int) -> Int {
    (0..<times).reduce(size) { size, _ in (size + 1) / 2 }
  }

  private var embeddings: Int {
    let width = configuration.timeWidth
    let second = Operations.linear(rows: batch, width, width)
    return Operations.linear(rows: batch, levels[0].channels, width) + second
      + (configuration.added.map { Operations.linear(rows: batch, $0.inputs, width) + second } ?? 0)
  }

  private func down(_ index: Int, _ pixels: [Int]) -> Int {
    let level = levels[index]
    let layers = (0..<level.layers).reduce(0) { sum, layer in
      let inputs = layer == 0 ? levels[max(index - 1, 0)].channels : level.channels
      return sum + self.layer(pixels[index], inputs, level, attends: level.attendsDown)
    }
    guard index < levels.count - 1 else { return layers }
    return layers
      + Operations.convolution(pixels: pixels[index + 1], level.channels, level.channels)
  }

  private func middle(pixels: Int) -> Int {
    let level = levels[levels.count - 1]
    return layer(pixels, level.channels, level, attends: true)
      + layer(pixels, level.channels, level, attends: false)
  }

  /// Every layer takes what comes from below or before it, and one kept output beside that.
  private func up(_ index: Int, _ pixels: [Int]) -> Int {
    let level = levels[index]
    let layers = (0...level.layers).reduce(0) { sum, layer in
      let below = layer == 0 ? levels[min(index + 1, levels.count - 1)].channels : level.channels
      let kept = layer < level.layers ? level.channels : levels[max(index - 1, 0)].channels
      return sum + self.layer(pixels[index], below + kept, level, attends: level.attendsUp)
    }
    guard index > 0 else { return layers }
    return layers
      + Operations.convolution(pixels: pixels[index - 1], level.channels, level.channels)
  }

  /// A resnet, and the transformer behind it.
  private func layer(
    _ pixels: Int, _ inputs: Int, _ level: UNetConfiguration.Level, attends: Bool
  ) -> Int {
    let width = level.channels
    let resnet = Operations.resnet(
      pixels: pixels, inputs, width, timeRows: batch, timeWidth: configuration.timeWidth)
    guard attends else { return resnet }
    let block = Operations.transformerBlock(
      batch: batch, pixels: pixels, width: width, tokens: tokens,
      contextWidth: configuration.contextWidth)
    return resnet + 2 * Operations.linear(rows: pixels, width, width) + level.depth * block
  }
}
