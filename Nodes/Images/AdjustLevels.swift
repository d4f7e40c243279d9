import Engine
import Graph
import Imaging

/// A picture with another contrast.
struct AdjustLevels: Node {
  static let name = "adjust-levels"
  static let version = 1
  static let about = """
    Stretches a picture's values from black to white, and bends the middle: ((value - black) / (white - black)) ^ \
    (1 / gamma).
    """

  @Input("The picture.") var image: Image
  @Input("The value that becomes 0.", in: 0...1) var black: Double = 0
  @Input("The value that becomes 1, above `black`.", in: 0...1) var white: Double = 1
  @Input("Above 1 the middle becomes lighter, below 1 darker.", in: 0.01...100)
  var gamma: Double = 1
  @Input("Which channels change.") var channel: ChannelChoice = .all
  @Output("The changed picture.", named: "image") var adjusted: Image

  func run(_ context: RunContext) throws {
    let levels = try Levels(black: Float(black), white: Float(white), gamma: Float(gamma))
    adjusted = image.adjusted(levels, in: channel)
  }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "image", to: ports.extent(of: "image"))
    guard let black = ports.constantNumber("black"), let white = ports.constantNumber("white")
    else { return }
    _ = try ports.finding(.invalidValue, at: "black") {
      try Levels(black: Float(black), white: Float(white), gamma: 1)
    }
  }
}

extension ChannelChoice: ChoicePortValue {}
