import Diffusion
import Engine
import Graph

/// A prompt for a rectangle of the picture.
struct ConditioningArea: Node {
  static let name = "conditioning-area"
  static let version = 1
  static let about = """
    Lets a prompt hold in a rectangle of the picture only, which the model is shown alone. Combine it with a prompt \
    for the rest (`combine-conditioning`): places without a prompt stay empty.
    """

  @Input("The prompt.") var conditioning: Conditioning
  @Input("The rectangle's left edge.", in: 0...8192) var x: Double = 0
  @Input("The rectangle's upper edge.", in: 0...8192) var y: Double = 0
  @Input("Its width.", in: 0.001...8192) var width: Double = 512
  @Input("Its height.", in: 0.001...8192) var height: Double = 512
  @Input(
    """
    What the numbers are: `pixels`, of which 8 make a step, or `fractions` of the picture's width and height, 0 to 1.
    """)
  var unit: AreaUnit = .pixels
  @Input("The weight of the prompt where several meet.", in: 0...10) var strength: Double = 1
  @Output("The prompt, in its place.", named: "conditioning") var placed: Conditioning

  func run(_ context: RunContext) throws {
    let area: PromptArea =
      switch unit {
      case .pixels: .pixels(x: Int(x), y: Int(y), width: Int(width), height: Int(height))
      case .fractions:
        .fractions(x: Float(x), y: Float(y), width: Float(width), height: Float(height))
      }
    placed = conditioning.mapParts { part in
      part.area = area
      part.strength = Float(strength)
    }
  }

  static func infer(_ ports: inout Inference) throws {
    guard ports.constants["unit"] == .text(AreaUnit.fractions.rawValue) else { return }
    for port in ["x", "y", "width", "height"] {
      guard case .float(let value)? = ports.constants[port], value > 1 else { continue }
      throw InferenceFailure(
        .outOfRange, port: port, others: ["unit"], "`\(port)`, \(value), is no part of the picture",
        help: "give 0 to 1, or say `unit: pixels`")
    }
  }
}

/// What the numbers of an area count.
enum AreaUnit: String, ChoicePortValue {
  case pixels
  case fractions
}
