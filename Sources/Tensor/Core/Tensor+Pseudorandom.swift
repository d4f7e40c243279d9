extension Tensor {
  /// Numbers that look normal: the sum of four uniform ones, brought to the mean and the deviation. An element depends
  /// on the seed and its place alone.
  ///
  /// For weights and inputs that only have to be of the right size. Noise for pictures is another thing: that of
  /// PyTorch's generator.
  public static func pseudorandom(
    _ shape: Shape, seed: UInt64, mean: Float = 0, deviation: Float = 1
  ) -> Tensor {
    // Of a uniform number of 16 bits the variance is (2^32 - 1) / 12, of the sum of four a third of 2^32.
    let scale = deviation * Float(3).squareRoot() / 65_536
    return Tensor(shape, by: nil, items: shape.count, cost: 4) { range, output in
      for index in range {
        let bits = SplitMix64.mixed(seed &+ UInt64(index) &* SplitMix64.step)
        let sum =
          Int32(bits & 0xffff) + Int32(bits >> 16 & 0xffff) + Int32(bits >> 32 & 0xffff)
          + Int32(bits >> 48)
        output[index] = mean + scale * (Float(sum) - 2 * 65_535)
      }
    }
  }
}
