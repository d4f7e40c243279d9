import Tensor

/// What ControlNets add to the outputs that a UNet keeps on its way down, and to its middle's.
public struct ControlResiduals: Sendable {
  /// Each `[N, h, w, C]`, from the first convolution's output on; the middle's is the last.
  var tensors: [Tensor]

  var down: ArraySlice<Tensor> { tensors.dropLast() }
  var middle: Tensor { tensors[tensors.count - 1] }

  /// Of several ControlNets: their sums.
  static func + (a: Self, b: Self) -> Self {
    Self(tensors: zip(a.tensors, b.tensors).map { $0 + $1 })
  }

  /// Each times a number.
  func scaled(by weights: [Float]) -> Self {
    Self(tensors: zip(tensors, weights).map { $1 == 1 ? $0 : $0 * $1 })
  }

  /// Each times masks that are brought to its size by straight lines.
  /// - Parameter masks: one for each sample of the batch, of the latent's size; none to change nothing.
  func masked(by masks: [PromptMask]) -> Self {
    guard !masks.isEmpty else { return self }
    return Self(
      tensors: tensors.map { residual in
        let (height, width) = (residual.shape[1], residual.shape[2])
        return residual.scaled(
          by: masks.flatMap { $0.resized(toHeight: height, width: width) })
      })
  }

  /// For a batch of `count`, of whose samples only those at `rows` have residuals: the others' are zero.
  func spread(over count: Int, rows: [Int]) -> Self {
    guard rows.count < count else { return self }
    return Self(
      tensors: tensors.map { residual in
        let none = Tensor(Shape([1] + residual.shape.sizes.dropFirst()), repeating: 0)
        return .concatenating(
          (0..<count).map { sample in
            rows.firstIndex(of: sample).map { residual.slice($0..<$0 + 1) } ?? none
          })
      })
  }
}

extension Tensor {
  /// `[N, h, w, C]` times a weight for each place, in the order of the samples, the rows and the columns.
  fileprivate func scaled(by weights: [Float]) -> Tensor {
    let channels = shape[3]
    return withElements { elements in
      Tensor(shape) { scaled in
        for (place, weight) in weights.enumerated() {
          for index in place * channels..<(place + 1) * channels {
            scaled[index] = elements[index] * weight
          }
        }
      }
    }
  }
}
