import Tensor

/// Whose normal numbers noise is made of.
public enum NoiseSource: String, Sendable, CaseIterable {
  /// PyTorch's generator for CPUs, which ComfyUI takes.
  case cpu
  /// PyTorch's generator for NVIDIA's GPUs, which AUTOMATIC1111 takes by default.
  case cuda
  /// NumPy's legacy generator.
  case numpy
}

/// A stream of normal numbers, the same for the same seed.
protocol NormalStream: Sendable {
  /// The next `count` numbers, as one call of the generator's library would give them.
  mutating func normals(_ count: Int) -> [Float]
}

/// Noise for latents, from one stream of normal numbers.
public struct NoiseGenerator: Sendable {
  private var stream: any NormalStream

  /// The stream of a seed.
  public init(_ source: NoiseSource = .cpu, seed: Int) {
    stream =
      switch source {
      case .cpu: TorchNormals(seed: seed)
      case .cuda: PhiloxNormals(seed: seed)
      case .numpy: NumPyNormals(seed: seed)
      }
  }

  /// Noise for a latent, drawn in the order of the libraries, `[N, C, h, w]`.
  ///
  /// - Parameter shape: `[N, h, w, C]`.
  public mutating func noise(_ shape: Shape) -> Tensor {
    let channelsFirst: Shape = [shape[0], shape[3], shape[1], shape[2]]
    return Tensor(channelsFirst, normals(shape.count)).transposedToChannelsLast()
  }

  /// The next numbers of the stream.
  mutating func normals(_ count: Int) -> [Float] { stream.normals(count) }
}
