import Tensor

/// The mean of what several prompts predict for areas of one latent, by their weights at each place. Where nothing
/// has weight it is zero, as in ComfyUI's `calc_cond_batch`.
struct WeightedMean {
  private let shape: Shape
  private var sums: [Float]
  /// One for each place.
  private var weights: [Float]

  /// - Parameter shape: of the latent, `[1, h, w, C]`.
  init(_ shape: Shape) {
    self.shape = shape
    sums = Array(repeating: 0, count: shape.count)
    weights = Array(repeating: 0, count: shape[1] * shape[2])
  }

  /// Adds a prediction `[1, rows, columns, C]` of the prompt's area.
  mutating func add(_ prediction: Tensor, of prompt: PlacedPrompt) {
    let (width, channels) = (shape[2], shape[3])
    prediction.withElements { elements in
      var source = 0
      for y in prompt.area.rows {
        for x in prompt.area.columns {
          let place = y * width + x
          let weight = prompt.weights[source]
          weights[place] += weight
          for channel in 0..<channels {
            sums[place * channels + channel] += elements[source * channels + channel] * weight
          }
          source += 1
        }
      }
    }
  }

  /// `[1, h, w, C]`.
  var mean: Tensor {
    let channels = shape[3]
    return Tensor(shape) { means in
      for index in means.indices {
        let weight = weights[index / channels]
        means[index] = weight > 0 ? sums[index] / weight : 0
      }
    }
  }
}
