/// How a convolution is computed.
enum ConvolutionMethod: Equatable {
  /// As a matrix product with the windows, laid out as rows.
  case unfolded
  /// By Winograd's minimal filtering, with so many points in each direction: 4 or 6.
  case winograd(points: Int)

  /// Every method with its name.
  static let all: [(method: ConvolutionMethod, name: String)] = [
    (.unfolded, "unfolded"), (.winograd(points: 4), "F(2x2)"), (.winograd(points: 6), "F(4x4)"),
  ]

  var name: String { Self.all.first { $0.method == self }?.name ?? "unfolded" }

  /// The fastest for a shape: see `easel bench --tune`, which prints what this rests on.
  init(for kernel: PackedConvolution, samples: Int, size: (height: Int, width: Int)) {
    guard kernel.winograd != nil, kernel.inputs >= Self.fewestChannels else {
      self = .unfolded
      return
    }
    let pixels = samples * size.height * size.width
    self =
      pixels < Self.fewestPixels
      ? .unfolded : .winograd(points: pixels < Self.fewPixels ? 4 : 6)
  }

  /// With fewer, the transformations take longer than the products.
  private static let fewestChannels = 8
  /// With fewer pixels, reading the transformed weights takes longer than the products that they spare.
  private static let fewestPixels = 24
  private static let fewPixels = 400
}
