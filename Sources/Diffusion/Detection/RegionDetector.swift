import Glibc
import Tensor

/// A small network that finds things of one kind in pictures, such as faces.
public struct RegionDetector: Sendable {
  /// The longest side at which it looks, in pixels: larger pictures are to be reduced.
  public let reach: Int
  private let network: DetectorNetwork
  private let check: ResultCheck

  /// Boxes that overlap by more are of one thing.
  private static let overlap: Float = 0.5
  /// What a side is a multiple of where the network looks.
  private static let multiple = 32

  /// Opens a safetensors file of a detector. Throws `SafetensorsError` or `CheckpointError`.
  public init(opening path: String) throws {
    try ModelFileFormat.refusePickle(path)
    let metadata = try SafetensorsHeader(readingFrom: path).metadata
    guard metadata["easel.kind"] == "detector" else {
      throw CheckpointError.otherKind(
        path: path, expected: "a detector", found: ModelFacts(of: path).kind)
    }
    guard metadata["easel.detector"] == "1" else {
      throw CheckpointError.unsupported(
        path: path, key: "easel.detector", value: metadata["easel.detector"] ?? "",
        supported: "only detectors of version 1 are")
    }
    guard let reach = Int(metadata["reach"] ?? "640"), (32...8192).contains(reach) else {
      throw CheckpointError.configuration(
        path: path, key: "reach", expected: "a whole number in 32...8192",
        found: metadata["reach"] ?? "")
    }
    let (network, archive) = try Self.build(on: path)
    try archive.verify()
    self.network = network
    check = ResultCheck(path: path) {
      let keys = try Self.build(on: path).archive.notFinite
      if !keys.isEmpty { throw CheckpointError.notFinite(path: path, keys: keys) }
    }
    self.reach = reach
  }

  /// The archive knows what is missing.
  private static func build(
    on path: String
  ) throws -> (network: DetectorNetwork, archive: WeightArchive) {
    let archive = try WeightArchive(WeightFiles(name: path, paths: [path]))
    return (DetectorNetwork(Weights(archive)), archive)
  }

  /// What is in a picture, the surest first.
  ///
  /// - Parameters:
  ///   - picture: `[1, H, W, 3]` in -1...1.
  ///   - threshold: how sure the detector must be, from 0 to 1.
  /// - Throws: `CheckpointError` where a result is not finite.
  public func callAsFunction(_ picture: Tensor, threshold: Float) throws -> [DetectedBox] {
    let findings = findings(in: picture)
    for level in findings { try check(level.scores, level.distances) }
    return zip(findings, DetectorNetwork.strides).flatMap { $0.boxes(stride: $1, over: threshold) }
      .suppressed(over: Self.overlap)
  }

  /// Of each level, beyond the picture too.
  func findings(in picture: Tensor) -> [DetectorNetwork.Findings] {
    TensorArena.keeping { network(picture.padded(toMultipleOf: Self.multiple)) }
  }
}

/// The logarithm of a length in strides that is beyond every picture: boxes stay finite.
private let largestDistance: Float = 12

extension DetectorNetwork.Findings {
  /// The boxes of all cells whose score is over the threshold, from above and from the left.
  fileprivate func boxes(stride: Int, over threshold: Float) -> [DetectedBox] {
    let (width, step) = (scores.shape[2], Float(stride))
    return scores.withElements { scores in
      distances.withElements { distances in
        scores.indices.compactMap { cell -> DetectedBox? in
          let score = 1 / (1 + exp(-scores[cell]))
          guard score > threshold else { return nil }
          let sides = (0..<4).map { exp(min(distances[cell * 4 + $0], largestDistance)) * step }
          return DetectedBox(
            x: (Float(cell % width) + 0.5) * step - sides[0],
            y: (Float(cell / width) + 0.5) * step - sides[1], width: sides[0] + sides[2],
            height: sides[1] + sides[3], score: score)
        }
      }
    }
  }
}

extension Tensor {
  /// `[1, H, W, C]` with zeros to the right and below, up to sides of multiples.
  fileprivate func padded(toMultipleOf multiple: Int) -> Tensor {
    [1, 2].reduce(self) { picture, axis in
      var sizes = picture.shape.sizes
      sizes[axis] = (multiple - sizes[axis] % multiple) % multiple
      guard sizes[axis] > 0 else { return picture }
      return picture.concatenated(with: Tensor(Shape(sizes), repeating: 0), axis: axis)
    }
  }
}
