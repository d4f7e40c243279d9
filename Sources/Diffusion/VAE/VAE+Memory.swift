import Glibc

extension VAE {
  /// How many bytes decoding and encoding hold at most where nothing else is said: a quarter of the
  /// machine's memory, but at least 1 GiB.
  public static let defaultMemory = max(
    sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) / 4, 1 << 30)

  /// About what decoding to a picture, or encoding it, takes at most beside the weights, in bytes.
  public func peakBytes(width: Int, height: Int, memory: Int = defaultMemory) -> Int {
    max(
      plan(decodingTo: height, width, memory: memory).peakBytes,
      plan(encoding: height, width, memory: memory).peakBytes,
      lowestLevelBytes(width: width, height: height))
  }

  /// How many times as many multiplications decoding takes within the budget as it would with any amount of
  /// memory: with SD's autoencoder 1 at 512x512 in 0.8 GiB and at 1024x1024 in 1.5 GiB, 3.1 at 2048x2048 in 2 GiB
  /// (1 in 6 GiB).
  public func plannedWork(width: Int, height: Int, memory: Int) -> Double {
    let best = plan(decodingTo: height, width, memory: .max / 2)
    return Double(plan(decodingTo: height, width, memory: memory).cost) / Double(best.cost)
  }

  /// The attention of the lowest level holds its input, the norm, queries, keys, values, the result and the
  /// sum.
  private func lowestLevelBytes(width: Int, height: Int) -> Int {
    let pixels = (width / scale) * (height / scale)
    return 7 * pixels * channels[channels.count - 1] * MemoryLayout<Float>.stride
  }
}
