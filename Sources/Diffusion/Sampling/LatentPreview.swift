import Tensor

/// What a latent looks like, roughly and at once: a linear map from its channels to colours.
public struct LatentPreview: Hashable, Sendable {
  /// By channel of the latent: what it adds to red, green and blue, which go from -1 to 1.
  let factors: [[Float]]
  /// Red, green and blue of a latent of zeros.
  var bias: [Float] = [0, 0, 0]
  /// How many channels the latents have.
  public var channelCount: Int { factors.count }

  /// A picture of the latent's own size.
  ///
  /// - Parameter latent: `[1, h, w, C]`, scaled as for sampling.
  /// - Returns: `[1, h, w, 3]`, in about -1...1.
  public func callAsFunction(_ latent: Tensor) -> Tensor {
    let channels = latent.shape[-1]
    precondition(channels == factors.count, "\(factors.count) channels, not \(latent.shape)")
    let elements = latent.elements
    return Tensor([latent.shape[0], latent.shape[1], latent.shape[2], 3]) { pixels in
      for index in pixels.indices {
        let (pixel, color) = index.quotientAndRemainder(dividingBy: 3)
        pixels[index] = (0..<channels).reduce(bias[color]) {
          $0 + elements[pixel * channels + $1] * factors[$1][color]
        }
      }
    }
  }
}

extension LatentPreview {
  /// What the autoencoder's configuration says under `latent_rgb_factors` and `latent_rgb_factors_bias`,
  /// otherwise the map of the family; nil where there is none for so many channels. Throws `CheckpointError`.
  init?(_ file: ConfigurationFile, family: ModelFamily, channels: Int) throws {
    guard let list = file["latent_rgb_factors"] else {
      guard let known = LatentPreview(family: family, channels: channels) else { return nil }
      self = known
      return
    }
    let rows = list.list?.compactMap(\.color) ?? []
    guard rows.count == channels, list.list?.count == channels else {
      throw file.wrong("latent_rgb_factors", mustBe: "\(channels) lists of 3 numbers")
    }
    factors = rows
    guard let offset = file["latent_rgb_factors_bias"] else { return }
    guard let color = offset.color else {
      throw file.wrong("latent_rgb_factors_bias", mustBe: "a list of 3 numbers")
    }
    bias = color
  }

  /// The map of the family; nil where there is none for so many channels.
  init?(family: ModelFamily, channels: Int) {
    guard let known = Self.known[family], known.factors.count == channels else { return nil }
    self = known
  }

  /// Source of the numbers: ComfyUI, `comfy/latent_formats.py`, `latent_rgb_factors`.
  private static let known: [ModelFamily: LatentPreview] = [
    .sd1: stableDiffusion, .sd2: stableDiffusion, .sdxl: stableDiffusionXL,
  ]

  private static let stableDiffusion = LatentPreview(factors: [
    [0.3512, 0.2297, 0.3227], [0.3250, 0.4974, 0.2350], [-0.2829, 0.1762, 0.2721],
    [-0.2120, -0.2616, -0.7177],
  ])

  private static let stableDiffusionXL = LatentPreview(
    factors: [
      [0.3651, 0.4232, 0.4341], [-0.2533, -0.0042, 0.1068], [0.1076, 0.1111, -0.0362],
      [-0.3165, -0.2492, -0.2188],
    ],
    bias: [0.1084, -0.0175, -0.0011])
}

extension JSONValue {
  /// Three numbers that are not beyond all measure.
  fileprivate var color: [Float]? {
    let numbers = list?.compactMap(\.number).filter { abs($0) < 1e6 }.map { Float($0) }
    return numbers?.count == 3 && list?.count == 3 ? numbers : nil
  }
}
