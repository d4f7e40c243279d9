import Diffusion
import Engine

/// A text that says nothing.
struct ZeroConditioning: Node {
  static let name = "zero-conditioning"
  static let version = 1
  static let about = """
    Sets a conditioning to zeros: a negative prompt for models that were trained with zeros for no text.
    """

  @Input("The conditioning, of which the places and times are kept.")
  var conditioning: Conditioning
  @Output("The same of zeros.", named: "conditioning") var zeroed: Conditioning

  func run(_ context: RunContext) throws { zeroed = conditioning.zeroed() }
}
