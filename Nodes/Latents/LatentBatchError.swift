import Tensor

/// A batch of latents that cannot be used so.
enum LatentBatchError: Error, Equatable, CustomStringConvertible {
  /// One latent is needed.
  case several(count: Int, help: String)
  /// Counted from 1.
  case noSuchElement(index: Int, count: Int)
  /// There are no latents to join.
  case empty
  /// The shapes of one latent of each of two batches.
  case unequal([Int], [Int])
  /// More latents than a batch may hold.
  case tooMany(count: Int)

  var description: String {
    switch self {
    case .several(let count, let help):
      "the latent is a batch of \(count): \(help)"
    case .noSuchElement(let index, let count):
      "there is no latent \(index) in a batch of \(count)"
    case .empty: "there are no latents to join: give at least one"
    case .unequal(let one, let other):
      "a latent of \(one[1])x\(one[0]) elements with \(one[2]) channels cannot be in one batch with one of "
        + "\(other[1])x\(other[0]) with \(other[2])"
    case .tooMany(let count):
      "a batch holds at most \(largestBatch) latents, not \(count): use `each` instead"
    }
  }
}

/// How many latents a batch may hold.
let largestBatch = 64

extension Latent {
  /// All latents of some batches, as one batch. Throws `LatentBatchError`.
  init(joining batches: [Latent]) throws {
    guard let first = batches.first else { throw LatentBatchError.empty }
    let shape = Array(first.samples.shape.sizes.dropFirst())
    for batch in batches {
      let other = Array(batch.samples.shape.sizes.dropFirst())
      guard other == shape else { throw LatentBatchError.unequal(shape, other) }
    }
    let count = batches.reduce(0) { $0 + $1.count }
    guard count <= largestBatch else { throw LatentBatchError.tooMany(count: count) }
    self.init(samples: .concatenating(batches.map(\.samples)))
  }
}
