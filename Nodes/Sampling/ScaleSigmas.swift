import Engine
import Graph

/// Noise levels times a number.
struct ScaleSigmas: Node {
  static let name = "scale-sigmas"
  static let version = 1
  static let about = "Multiplies noise levels by a number."

  @Input("The levels.") var sigmas: [Double]
  @Input("What each is multiplied by.", in: 0...1000) var factor: Double = 1
  @Output("The products.", named: "sigmas") var scaled: [Double]

  func run(_ context: RunContext) throws { scaled = sigmas.map { $0 * factor } }
}
