import Diffusion
import Engine
import Graph

/// Tells SDXL sizes that are not those of the picture.
struct SetSizes: Node {
  static let name = "set-sizes"
  static let version = 1
  static let about = """
    Tells an SDXL model how large the original of the picture was, and how it was cropped. Without this node, it is told \
    that the picture is whole and as large as it is made. Small originals look coarse, crops cut things off.
    """

  @Input("What the picture shows, or does not show.") var conditioning: Conditioning
  @Input("Of the picture before it was scaled and cropped, in pixels.", in: 1...32_768)
  var width: Int
  @Input("Of the picture before it was scaled and cropped, in pixels.", in: 1...32_768)
  var height: Int
  @Input("How many pixels were cropped on the left.", in: 0...32_768) var cropX: Int = 0
  @Input("How many pixels were cropped at the top.", in: 0...32_768) var cropY: Int = 0
  @Input("Of the picture that is made, in pixels; without it, `width`.", in: 1...32_768)
  var targetWidth: Int?
  @Input("Of the picture that is made, in pixels; without it, `height`.", in: 1...32_768)
  var targetHeight: Int?
  @Output("The conditioning with the sizes.", named: "conditioning") var sized: Conditioning

  func run(_ context: RunContext) throws {
    var sizes = SizeConditioning(width: width, height: height)
    (sizes.cropLeft, sizes.cropTop) = (cropX, cropY)
    sizes.targetWidth = targetWidth ?? width
    sizes.targetHeight = targetHeight ?? height
    var conditioning = conditioning
    for index in conditioning.parts.indices { conditioning.parts[index].sizes = sizes }
    sized = conditioning
  }

  static func infer(_ ports: inout Inference) throws {
    ports.warnWithoutSDXL(
      ["width"], owner: "conditioning", help: "leave the node out: they are not told sizes")
  }
}
