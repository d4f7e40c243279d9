import Engine
import Graph
import Imaging

/// A sharper picture.
struct SharpenImage: Node {
  static let name = "sharpen-image"
  static let version = 1
  static let about = "Makes a picture's edges steeper by an unsharp mask."

  @Input("The picture.") var image: Image
  @Input("The size of the details, the standard deviation of a blur in pixels.", in: 0...200)
  var sigma: Double = 1
  @Input("How much is added of what the blur takes away.", in: 0...10) var amount: Double = 1
  @Input("Smaller differences from the blurred picture are left alone.", in: 0...1)
  var threshold: Double = 0
  @Output("The sharper picture.", named: "image") var sharpened: Image

  func run(_ context: RunContext) throws {
    sharpened = image.sharpened(
      sigma: sigma, amount: Float(amount), threshold: Float(threshold))
  }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "image", to: ports.extent(of: "image"))
  }
}
