import Tensor

extension GuidedDenoiser {
  /// What the ControlNets that hold at this noise level say to the prompts of one call; nil where none does.
  ///
  /// A ControlNet that several of the prompts heed runs once for all of them.
  /// - Parameters:
  ///   - latents: what the UNet is shown of each prompt's area, without channels beside it: `[1, h, w, C]`.
  ///   - whole: all of the latent.
  func residuals(
    of batch: [PlacedPrompt], _ latents: [Tensor], in whole: LatentArea, sigma: Float
  ) -> ControlResiduals? {
    var sum: ControlResiduals?
    for control in batch.controls where control.range.contains(sigma, of: schedule) {
      let rows = batch.indices.filter { batch[$0].heeds(control) }
      guard !rows.isEmpty else { continue }
      let heeding = rows.map { batch[$0] }
      let said = control.network(
        .concatenating(rows.map { latents[$0] }), timestep: schedule.timestep(of: sigma),
        context: context(of: heeding), added: added(heeding),
        hint: .concatenating(heeding.map { hint(of: control, for: $0.area) }))
      let weighted = said.scaled(by: control.weights(count: said.tensors.count))
        .masked(by: heeding.compactMap { mask(of: control, for: $0.area, in: whole) })
        .spread(over: batch.count, rows: rows)
      sum = sum.map { $0 + weighted } ?? weighted
    }
    return sum
  }

  /// The embedding of the part of a hint that lies in an area of the latent, `[1, h, w, C]`.
  private func hint(of control: Control, for area: LatentArea) -> Tensor {
    hints(ControlPlace(control: control.id, area: area)) {
      let pixels = area.scaled(by: control.network.configuration.hintScale)
      return control.network.embedding(of: control.hint.cropped(to: pixels))
    }
  }

  /// The part of a ControlNet's mask that lies in an area of the latent, `[h, w]`; nil where it has none.
  private func mask(
    of control: Control, for area: LatentArea, in whole: LatentArea
  ) -> PromptMask? {
    control.mask.map { mask in
      controlMasks(ControlPlace(control: control.id, area: area)) {
        let (height, width) = (whole.rows.count, whole.columns.count)
        let values = PromptMask(values: mask).resized(toHeight: height, width: width)
        return PromptMask(
          values: Tensor([1, height, width, 1], values).cropped(to: area)
            .reshaped(to: [area.rows.count, area.columns.count]))
      }
    }
  }
}

/// A ControlNet in one area of a latent: what is worked out for it holds for all steps.
struct ControlPlace: Hashable {
  let control: ObjectIdentifier
  let area: LatentArea
}

extension [PlacedPrompt] {
  /// The ControlNets of all prompts, each once.
  fileprivate var controls: [Control] {
    var seen: Set<ObjectIdentifier> = []
    return flatMap(\.part.controls).filter { seen.insert($0.id).inserted }
  }
}

extension PlacedPrompt {
  fileprivate func heeds(_ control: Control) -> Bool {
    control.strength != 0 && (side == .positive || control.mode != .control)
      && part.controls.contains { $0.id == control.id }
  }
}
