import Tensor

/// How the prompts steer a model beside `cfg`.
public struct Guidance: Hashable, Sendable {
  /// How much of what guidance does to the deviation of the prediction is taken back, 0 to 1: `φ` of Lin et al.,
  /// "Common Diffusion Noise Schedules and Sample Steps are Flawed" (2024), equations 15 and 16.
  public var rescale: Float = 0
  /// When `cfg` holds; at other times it is 1, and the negative prompt is not run. Kynkäänniemi et al., "Applying
  /// Guidance in a Limited Interval Improves Sample and Distribution Quality in Diffusion Models" (2024).
  public var range = TimestepRange()

  /// How closely to follow a picture that is to be changed: `s_I` of Brooks et al., "InstructPix2Pix: Learning to
  /// Follow Image Editing Instructions" (2023), equation 3. Any other than 1 takes a third prediction in each step.
  public var imageScale: Float = 1

  /// Plain classifier-free guidance.
  public init() {}

  /// The guided prediction of the clean latent: Ho and Salimans, "Classifier-Free Diffusion Guidance" (2022),
  /// equation 6 with `cfg` for `1 + w`, and with a third prediction equation 3 of Brooks et al. (2023).
  ///
  /// - Parameters:
  ///   - x: the noisy latent, `[1, h, w, C]`.
  ///   - positive: the clean latent that the prompt predicts.
  ///   - negative: the one to move away from.
  ///   - pictureless: what the negative prompt predicts without the picture that is to be changed.
  func guided(
    _ x: Tensor, sigma: Float, positive: Tensor, negative: Tensor, pictureless: Tensor? = nil,
    cfg: Float
  ) -> Tensor {
    let base = pictureless.map { $0 + (negative - $0) * imageScale } ?? negative
    let guided = base + (positive - negative) * cfg
    guard rescale != 0 else { return guided }
    // The paper scales what a network predicts that was trained on `v`, which is the distance of the clean latent
    // from this one in another unit.
    let origin = x * (1 / (1 + sigma * sigma))
    let (wanted, found) = ((origin - positive).deviation, (origin - guided).deviation)
    guard found > 0 else { return guided }
    return origin - (origin - guided) * (rescale * (wanted / found) + 1 - rescale)
  }
}

extension Tensor {
  /// The standard deviation of all elements, in f64.
  fileprivate var deviation: Float {
    withElements { elements in
      let count = Double(elements.count)
      let mean = elements.reduce(0.0) { $0 + Double($1) } / count
      let squares = elements.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
      return Float((squares / count).squareRoot())
    }
  }
}
