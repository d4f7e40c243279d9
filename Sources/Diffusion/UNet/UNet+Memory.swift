extension UNet {
  /// About what a call takes at most beside the weights, in bytes, for a latent `[N, h, w, C]`.
  public func peakBytes(batch: Int, height: Int, width: Int) -> Int {
    configuration.peakBytes(batch: batch, height: height, width: width)
  }
}

extension UNetConfiguration {
  /// What is kept for the way up, the widest feed-forward layer with what surrounds it, and what the attentions make of
  /// a text.
  func peakBytes(batch: Int, height: Int, width: Int) -> Int {
    let levels = levels.enumerated().map { index, level in
      (
        elements: batch * (height >> index) * (width >> index) * level.channels,
        layers: level.layers
      )
    }
    let kept = levels.reduce(0) { $0 + $1.elements * ($1.layers + 1) }
    // A transformer holds its input, the attention's output and a norm; the feed-forward layer widens to
    // eight times the channels, and its gate leaves four.
    let widest = levels.map { $0.elements * (3 + 8 + 4) }.max() ?? 0
    return (kept + widest + batch * textElements) * MemoryLayout<Float>.stride
  }

  /// The keys and values of a text of the usual length, of every transformer block.
  private var textElements: Int {
    let tokens = 77
    let widths = levels.enumerated().map { index, level in
      let transformers =
        (level.attendsDown ? level.layers : 0) + (level.attendsUp ? level.layers + 1 : 0)
        + (index == levels.count - 1 ? 1 : 0)
      return transformers * level.depth * level.channels
    }
    return 2 * tokens * widths.reduce(0, +)
  }
}
