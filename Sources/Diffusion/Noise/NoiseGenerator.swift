import Tensor

/// A source of normal numbers in f32.
protocol NormalNumbers {
  /// The next ones; a later call goes on where the last one ended.
  mutating func normals(_ count: Int) -> [Float]
}

/// Whose normal numbers a seed stands for.
public enum NoiseLibrary: String, Sendable, CaseIterable {
  /// PyTorch's on the CPU: what ComfyUI and diffusers begin with.
  case cpu
  /// PyTorch's on a GPU by CUDA: what AUTOMATIC1111 begins with.
  case cuda
  /// NumPy's `RandomState`.
  case numpy
}

/// Noise for latents, by a seed.
public struct NoiseGenerator {
  private var numbers: any NormalNumbers

  /// - Parameter seed: of which the low 32 bits count for the libraries' CPU generators, and all for CUDA's.
  public init(seed: Int, library: NoiseLibrary = .cpu) {
    switch library {
    case .cpu: numbers = TorchNoise(seed: seed)
    case .cuda: numbers = PhiloxNoise(seed: seed)
    case .numpy: numbers = NumPyNoise(seed: seed)
    }
  }

  /// Noise for a latent, drawn in PyTorch's order, `[N, C, h, w]`.
  ///
  /// - Parameter shape: `[N, h, w, C]`.
  public mutating func noise(_ shape: Shape) -> Tensor {
    let channelsFirst: Shape = [shape[0], shape[3], shape[1], shape[2]]
    return Tensor(channelsFirst, normals(shape.count)).transposedToChannelsLast()
  }

  /// So many numbers.
  mutating func normals(_ count: Int) -> [Float] { numbers.normals(count) }
}

extension NoiseLibrary {
  /// Noise of which each element of the batch has the next seed.
  ///
  /// - Parameter shape: `[N, h, w, C]`.
  public func noise(_ shape: Shape, seed: Int) -> Tensor {
    let one: Shape = [1, shape[1], shape[2], shape[3]]
    return .concatenating(
      (0..<shape[0]).map { index in
        var generator = NoiseGenerator(seed: seed &+ index, library: self)
        return generator.noise(one)
      })
  }
}
