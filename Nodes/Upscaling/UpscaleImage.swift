import Diffusion
import Engine
import Graph
import Imaging
import Tensor

/// A picture, enlarged by a network.
struct UpscaleImage: Node {
  static let name = "upscale-image"
  static let version = 1
  static let about = """
    Enlarges a picture by a network that draws the finer detail, or by Lanczos' filter. Large pictures go through in \
    bands that have, to the bit, what the whole would have.
    """

  @Input("The picture.") var image: Image
  @Input("The network; without one, Lanczos' filter enlarges.") var upscaler: Upscaler?
  @Input(
    """
    How many times as wide and high the result is. Without it, what the network does, or 2. Where that is not the \
    same, Lanczos' filter does the rest.
    """, in: 0.125...8)
  var scale: Double?
  @Input(
    "What the sides are rounded to multiples of: 8 for a picture that is to be encoded.", in: 1...64
  )
  var multipleOf: Int = 1
  @Output("The enlarged picture.", named: "image") var enlarged: Image

  var peakBytes: Int { upscaler?.peakBytes(width: image.width, height: image.height) ?? 0 }

  func run(_ context: RunContext) throws {
    let size = target.size(width: image.width, height: image.height)
    try ImageTooLarge.check(width: size.width, height: size.height)
    var large = image
    if let upscaler {
      let own = upscaler.scale
      try ImageTooLarge.check(width: image.width * own, height: image.height * own)
      large = Image(
        pixels: try upscaler(image.batched) { try context.finished(step: $0, of: $1) }
          .reshaped(to: [image.height * own, image.width * own, 3]))
    }
    enlarged = large.resized(toWidth: size.width, height: size.height)
  }

  private var target: ScaledSize {
    ScaledSize(scale: scale ?? upscaler.map { Double($0.scale) } ?? 2, multiple: multipleOf)
  }

  static func infer(_ ports: inout Inference) throws {
    let extent = ports.extent(of: "image")
    if let own = ports.handles["upscaler"]?.scale {
      try ports.requireAllowed(ScaledSize(scale: Double(own)).extent(of: extent), port: "image")
    }
    guard let multiple = ports.constantInt("multiple-of"), let scale = ports.upscaling else {
      return
    }
    try ports.setExtent(
      of: "image", to: ScaledSize(scale: scale, multiple: multiple).extent(of: extent),
      because: "image")
  }
}

extension Inference {
  /// How many times as wide and high `upscale-image` makes a picture, where that is known.
  fileprivate var upscaling: Double? {
    if inputs["scale"] != nil { return constantNumber("scale") }
    return inputs["upscaler"] == nil ? 2 : handles["upscaler"]?.scale.map(Double.init)
  }
}

extension Image {
  /// `[1, H, W, 3]`, from 0 to 1.
  fileprivate var batched: Tensor { pixels.reshaped(to: [1, height, width, 3]) }
}
