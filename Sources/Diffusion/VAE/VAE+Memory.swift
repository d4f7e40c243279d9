extension VAE {
  /// About what encoding or decoding takes at most beside the weights, in bytes: a residual block at the
  /// resolution where its input, its norm, its output and the sum are largest.
  public func peakBytes(width: Int, height: Int) -> Int {
    let elements = channels.indices.map { level in
      (width >> level) * (height >> level)
        * max(channels[level], channels[min(level + 1, channels.count - 1)])
    }
    return 4 * (elements.max() ?? 0) * MemoryLayout<Float>.stride
  }
}
