import Tensor

/// A prompt with its place in a latent of known size.
struct PlacedPrompt: Sendable {
  /// One of the two prompts of guidance, or the negative one without the picture that is to be changed.
  enum Side: Sendable { case negative, positive, pictureless }

  private(set) var side: Side
  /// Which of the run's texts it has.
  let text: Int
  private(set) var part: Conditioning.Part
  let area: LatentArea
  /// `[rows, columns]` of the area, in the order of the rows: the weight of what is predicted there.
  let weights: [Float]
  /// Whether the prompt names an area, be it all of the picture.
  let hasArea: Bool

  /// - Parameters:
  ///   - text: tells the prompt's text from the others of the run.
  ///   - scale: how many pixels one element of the latent stands for.
  ///   - height: of the latent.
  ///   - width: of the latent.
  init(_ part: Conditioning.Part, text: Int, _ side: Side, scale: Int, height: Int, width: Int) {
    let whole = LatentArea(height: height, width: width)
    let mask = part.mask?.resized(toHeight: height, width: width)
    let own = Self.area(of: part, mask, scale: scale, in: whole)
    self.side = side
    self.text = text
    self.part = part
    area = own ?? whole
    hasArea = own != nil
    weights = Self.weights(of: part, mask, area: area, in: whole)
  }

  /// The same prompt at another place.
  /// - Parameter weights: `[rows, columns]` of the area.
  init(_ prompt: PlacedPrompt, part: Conditioning.Part, area: LatentArea, weights: [Float]) {
    (side, text, hasArea) = (prompt.side, prompt.text, prompt.hasArea)
    (self.part, self.area, self.weights) = (part, area, weights)
  }

  /// - Parameter mask: of the latent's size.
  private static func area(
    of part: Conditioning.Part, _ mask: [Float]?, scale: Int, in whole: LatentArea
  ) -> LatentArea? {
    let (height, width) = (whole.rows.count, whole.columns.count)
    if let mask, part.mask?.isCropped == true {
      return LatentArea(around: mask, height: height, width: width)
    }
    return part.area.map { LatentArea($0, scale: scale, height: height, width: width) }
  }

  /// Masks fade by themselves; without one, the area does towards its inner edges.
  private static func weights(
    of part: Conditioning.Part, _ mask: [Float]?, area: LatentArea, in whole: LatentArea
  ) -> [Float] {
    let width = whole.columns.count
    if let mask {
      let strength = (part.mask?.strength ?? 1) * part.strength
      return area.rows.flatMap { y in area.columns.map { mask[y * width + $0] * strength } }
    }
    let across = ramp(area.columns, of: width)
    return ramp(area.rows, of: whole.rows.count).flatMap { row in
      across.map { row * $0 * part.strength }
    }
  }

  /// Falls over 8 elements, or a quarter of the area, to that part of one, at ends that are not the latent's own.
  ///
  /// Source: ComfyUI, `comfy/samplers.py`, `get_area_and_mult`.
  private static func ramp(_ range: Range<Int>, of limit: Int) -> [Float] {
    let length = min(8, range.count / 4)
    var weights = [Float](repeating: 1, count: range.count)
    for step in 0..<length {
      let weight = Float(step + 1) / Float(length)
      if range.lowerBound > 0 { weights[step] *= weight }
      if range.upperBound < limit { weights[range.count - 1 - step] *= weight }
    }
    return weights
  }
}

extension [PlacedPrompt] {
  /// The prompts of both sides in a latent of this size, negative ones first.
  ///
  /// Guidance compares predictions of the same area. So every area without its like among the prompts of the other
  /// side is drawn there too, by the text of the smallest area that contains it.
  init(
    positive: Conditioning, negative: Conditioning, scale: Int, height: Int, width: Int
  ) {
    func place(
      _ conditioning: Conditioning, _ side: PlacedPrompt.Side, from first: Int
    ) -> [PlacedPrompt] {
      conditioning.parts.enumerated().map {
        PlacedPrompt(
          $1, text: first + $0, side, scale: scale, height: height, width: width)
      }
    }
    let negative = place(negative, .negative, from: positive.parts.count)
    let positive = place(positive, .positive, from: 0)
    self = negative + positive.compactMap { negative.counterpart(of: $0) }
    self += positive + negative.compactMap { positive.counterpart(of: $0) }
  }

  /// The negative prompts once more, without the picture that is to be changed.
  var pictureless: [PlacedPrompt] {
    filter { $0.side == .negative }.compactMap(PlacedPrompt.init(pictureless:))
  }

  /// Source: ComfyUI, `comfy/samplers.py`, `create_cond_with_same_area_if_none`.
  private func counterpart(of prompt: PlacedPrompt) -> PlacedPrompt? {
    guard prompt.hasArea else { return nil }
    let around = filter { $0.hasArea && $0.area.contains(prompt.area) }
    guard
      let text = around.min(by: { $0.area.count < $1.area.count }) ?? first(where: { !$0.hasArea })
    else { return nil }
    return text.hasArea && text.area == prompt.area ? nil : PlacedPrompt(text, at: prompt)
  }
}

extension PlacedPrompt {
  /// One prompt's text at the place and the time of another.
  fileprivate init(_ text: PlacedPrompt, at place: PlacedPrompt) {
    (side, self.text) = (text.side, text.text)
    (area, weights, hasArea) = (place.area, place.weights, place.hasArea)
    part = place.part
    (part.context, part.pooled, part.sizes) = (text.part.context, text.part.pooled, text.part.sizes)
    (part.concat, part.controls) = (text.part.concat, text.part.controls)
  }

  /// Zeros for the picture that a prompt is shown beside the latent; nil for one that is shown none.
  fileprivate init?(pictureless prompt: PlacedPrompt) {
    guard let concat = prompt.part.concat else { return nil }
    self = prompt
    side = .pictureless
    part.concat = Tensor(concat.shape, repeating: 0)
  }
}
