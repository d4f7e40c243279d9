extension Tensor {
  /// Numbers that look normal: the sum of four uniform ones, brought to the mean and the deviation. An element depends
  /// on the seed and its place alone.
  ///
  /// For weights and inputs that only have to be of the right size. Noise for pictures is another thing: that of
  /// PyTorch's generator.
  ///
  /// Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (2014), SplitMix64.
  public static func pseudorandom(
    _ shape: Shape, seed: UInt64, mean: Float = 0, deviation: Float = 1
  ) -> Tensor {
    // Of a uniform number of 16 bits the variance is (2^32 - 1) / 12, of the sum of four a third of 2^32.
    let scale = deviation * Float(3).squareRoot() / 65_536
    return Tensor(shape, by: nil, items: shape.count, cost: 4) { range, output in
      for index in range {
        let bits = splitMix64(seed &+ UInt64(index) &* 0x9e37_79b9_7f4a_7c15)
        let sum =
          Int32(bits & 0xffff) + Int32(bits >> 16 & 0xffff) + Int32(bits >> 32 & 0xffff)
          + Int32(bits >> 48)
        output[index] = mean + scale * (Float(sum) - 2 * 65_535)
      }
    }
  }
}

@inline(__always)
private func splitMix64(_ state: UInt64) -> UInt64 {
  var z = state
  z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
  z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
  return z ^ z >> 31
}
