import Diffusion
import Engine
import Graph
import Imaging

/// A picture that prompts follow.
struct ApplyControlNet: Node {
  static let name = "apply-controlnet"
  static let version = 1
  static let kind = NodeKind.handle
  static let about = """
    Makes what is drawn follow a picture of edges, depths, poses or whatever the ControlNet was trained on. Several are \
    put on by several such nodes, one behind the other; what they say is added up.
    """

  @Input("What the picture shows.") var positive: Conditioning
  @Input("What it does not show.") var negative: Conditioning?
  @Input("The ControlNet.") var controlnet: ControlNetModel
  @Input(
    """
    What to follow, of the size of the picture that is drawn: edges for a ControlNet of edges. A node that makes such a \
    picture of any other comes before this one.
    """)
  var image: Image
  @Input("How much is followed; 0 is nothing.", in: 0...10) var strength: Double = 1
  @Input(
    "Where it begins, in parts of the steps that the model was trained on: early ones decide on the composition.",
    in: 0...1)
  var start: Double = 0
  @Input("Where it ends; 1 is the finished picture.", in: 0...1) var end: Double = 1
  @Input(
    """
    Whether `balanced`, or `prompt` or `control` matters more: with both, fine detail is followed less than composition, \
    and with `control` the negative prompt follows nothing, so that `cfg` strengthens the picture too.
    """)
  var mode: Control.Mode = .balanced
  @Input("Where it is followed: 1 is, 0 is not; it is stretched over the picture.") var mask: Mask?
  @Output("The prompt, with the picture.", named: "positive")
  var controlledPositive: Conditioning
  @Output(
    """
    The negative prompt with the same; zeros where there is none. `sample` shows the picture to a negative prompt \
    without one too.
    """, named: "negative")
  var controlledNegative: Conditioning

  func run(_ context: RunContext) throws {
    var control = try Control(
      controlnet, hint: image.pixels.reshaped(to: [1, image.height, image.width, 3]))
    control.strength = Float(strength)
    control.range = try TimestepRange(from: start, to: end)
    control.mode = mode
    control.mask = mask?.values
    controlledPositive = positive.controlled(by: control)
    controlledNegative = (negative ?? positive.zeroed()).controlled(by: control)
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.requireRange()
    let extent = ports.extent(of: "image")
    for port in ["positive", "negative"] {
      try ports.requireSameExtent("image", as: port)
      if extent != .unknown { ports.setExtent(of: port, to: extent) }
    }
  }
}

extension Control.Mode: ChoicePortValue {}
