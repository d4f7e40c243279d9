import Tensor

/// diffusers' `ResnetBlock2D`: two normalized convolutions around a shift by the time, and a shortcut.
struct ResnetBlock: Sendable {
  let norm1, norm2: GroupNorm
  let conv1, conv2: Convolution
  private let timeEmbProj: Linear?
  let convShortcut: Linear?

  /// - Parameter timeWidth: the width of the time embedding; nil in autoencoders, which know no time.
  init(
    _ weights: Weights, _ inputs: Int, _ outputs: Int, timeWidth: Int? = nil, groups: Int,
    epsilon: Float
  ) {
    norm1 = GroupNorm(weights["norm1"], inputs, groups: groups, epsilon: epsilon)
    conv1 = Convolution(weights["conv1"], inputs, outputs)
    timeEmbProj = timeWidth.map { Linear(weights["time_emb_proj"], $0, outputs) }
    norm2 = GroupNorm(weights["norm2"], outputs, groups: groups, epsilon: epsilon)
    conv2 = Convolution(weights["conv2"], outputs, outputs)
    convShortcut =
      inputs == outputs
      ? nil : Linear(weights["conv_shortcut"], inputs, outputs, storage: .convolution)
  }

  /// - Parameters:
  ///   - x: `[N, H, W, I]`.
  ///   - time: the activated time embedding, `[N, T]`.
  /// - Returns: `[N, H, W, O]`.
  func callAsFunction(_ x: Tensor, time: Tensor? = nil) -> Tensor {
    let shift = time.flatMap { time in timeEmbProj.map { $0(time) } }
    let hidden = conv1(norm1.input(x, then: .silu), shiftedBy: shift)
    return conv2(norm2.input(hidden, then: .silu), plus: convShortcut?(x) ?? x)
  }
}
