import Tensor

/// Weights that nobody trained, made when they are read: for timing models of real sizes without their files.
///
/// A tensor depends on the seed, its key and its shape alone. The deviations keep what the layers put out at about the
/// size of what goes in, so that a model of any depth stays finite.
struct RandomWeights: Sendable, Equatable {
  let seed: UInt64

  /// - Parameter key: the tensor's full key; its end tells what the tensor is.
  func tensor(_ key: String, _ shape: Shape) -> Tensor {
    let isBias = key.hasSuffix("bias")
    let isNorm = shape.rank == 1 && !isBias
    return .pseudorandom(
      shape, seed: Self.hash(key, from: seed), mean: isNorm ? 1 : 0,
      deviation: shape.rank == 1 ? 0.02 : 1 / Float(shape.count / shape[0]).squareRoot())
  }

  /// FNV-1a, of 64 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>.
  private static func hash(_ key: String, from seed: UInt64) -> UInt64 {
    key.utf8.reduce(0xcbf2_9ce4_8422_2325 ^ seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
