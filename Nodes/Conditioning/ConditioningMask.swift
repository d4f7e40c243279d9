import Diffusion
import Engine
import Imaging

/// A prompt for a part of the picture of any shape.
struct ConditioningMask: Node {
  static let name = "conditioning-mask"
  static let version = 1
  static let about = """
    Lets a prompt hold where a mask is white. Combine it with a prompt for the rest (`combine-conditioning`): places \
    without a prompt stay empty.
    """

  @Input("The prompt.") var conditioning: Conditioning
  @Input("How much the prompt holds at each place; it is stretched over the picture.") var mask:
    Mask
  @Input("The weight of the prompt where several meet.", in: 0...10) var strength: Double = 1
  @Input(
    """
    What the model is shown for this prompt: the `whole` picture, or the mask's `bounds` alone, the smallest rectangle \
    around it, which is faster.
    """)
  var area: MaskedArea = .whole
  @Output("The prompt, in its place.", named: "conditioning") var placed: Conditioning

  func run(_ context: RunContext) throws {
    let mask = PromptMask(
      values: mask.values, strength: Float(strength), isCropped: area == .bounds)
    placed = conditioning.mapParts { $0.mask = mask }
  }
}

/// What a model is shown of a masked picture.
enum MaskedArea: String, ChoicePortValue {
  case whole
  case bounds
}
