import Tensor

extension Tensor {
  /// States with ComfyUI's weights (`ClipTokenWeightEncoder` in `comfy/sd1_clip.py`): `(z - e) * w + e` for the state `z` of
  /// a token, its weight `w`, and the state `e` of an empty prompt in the same place. Of weight 1, they keep their bits.
  ///
  /// `[1, L, C]`, as `empty`, with a weight for each of the `L`.
  func weighted(by weights: [Float], from empty: Tensor) -> Tensor {
    let (states, origins, width) = (elements, empty.elements, shape[2])
    return Tensor(
      shape,
      states.indices.map { index in
        let weight = weights[index / width]
        guard weight != 1 else { return states[index] }
        return (states[index] - origins[index]) * weight + origins[index]
      })
  }

  /// States with AUTOMATIC1111's weights (`EmphasisOriginal` in `modules/sd_emphasis.py`): each multiplied by its own,
  /// then all by the same, so that their mean is as it was.
  ///
  /// `[1, L, C]`, with a weight for each of the `L`.
  func weightedKeepingMean(by weights: [Float]) -> Tensor {
    let (states, width) = (elements, shape[2])
    let weighted = states.indices.map { states[$0] * weights[$0 / width] }
    let (before, after) = (Self.sum(states), Self.sum(weighted))
    return Tensor(shape, weighted) * (after == 0 ? 1 : Float(before / after))
  }

  private static func sum(_ numbers: [Float]) -> Double { numbers.reduce(0) { $0 + Double($1) } }
}
