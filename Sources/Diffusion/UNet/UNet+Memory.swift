extension UNet {
  /// About what a call takes at most beside the weights, in bytes, for a latent `[N, h, w, C]`: what is kept
  /// for the way up, and the widest feed-forward layer with what surrounds it.
  public func peakBytes(batch: Int, height: Int, width: Int) -> Int {
    let levels = configuration.levels.enumerated().map { index, level in
      (
        elements: batch * (height >> index) * (width >> index) * level.channels,
        layers: level.layers
      )
    }
    let kept = levels.reduce(0) { $0 + $1.elements * ($1.layers + 1) }
    // A transformer holds its input, the attention's output and a norm; the feed-forward layer widens to
    // eight times the channels, and its gate leaves four.
    let widest = levels.map { $0.elements * (3 + 8 + 4) }.max() ?? 0
    return (kept + widest) * MemoryLayout<Float>.stride
  }
}
