import Engine
import Graph
import Imaging

/// The part of a picture around a mask.
struct CropToMask: Node {
  static let name = "crop-to-mask"
  static let version = 1
  static let about = """
    Takes the part of a picture around what a mask covers, so that it can be worked on in a size of its own; \
    `stitch` puts it back. The part lies inside the picture where it fits; beyond, the pixels at the border are repeated.
    """

  @Input("The picture.") var image: Image
  @Input("What is to be worked on, of the picture's size; an empty mask is an error.")
  var mask: Mask
  @Input("How many times as wide and high as the mask the part is.", in: 1...100)
  var context: Double = 1.5
  @Input("The least room on each side of the mask, in pixels.", in: 0...8192)
  var padding: Int = 16
  @Input("The width that the part is brought to; by itself, its own.", in: 1...16384)
  var width: Int?
  @Input("The height that the part is brought to; by itself, its own.", in: 1...16384)
  var height: Int?
  @Input("What the sides are multiples of where no width and height are given.", in: 1...1024)
  var multiple: Int = 8
  @Output("The part of the picture.", named: "image") var crop: Image
  @Output("The same part of the mask.", named: "mask") var cropMask: Mask
  @Output("Where the part is, for `stitch`: x, y, width and height in the picture.")
  var region: [Int]

  func run(_ context: RunContext) throws {
    try SizesDiffer.check("mask", mask, "image", image)
    let size = try workingSize
    let framing = CropFraming(
      context: self.context, padding: padding, workingSize: size, multiple: multiple)
    let region = try framing.region(around: mask)
    crop = image.cropped(to: region, size: size)
    cropMask = mask.cropped(to: region)
      .resized(toWidth: crop.width, height: crop.height, filter: .bilinear)
    self.region = region.numbers
  }

  private var workingSize: (width: Int, height: Int)? {
    get throws {
      guard (width == nil) == (height == nil) else { throw OneSideAlone() }
      guard let width, let height else { return nil }
      try ImageTooLarge.check(width: width, height: height)
      return (width, height)
    }
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.requireSameSize("mask", as: "image")
    let given = ["width", "height"].filter { ports.inputs[$0] != nil }
    if given.count == 1 {
      throw InferenceFailure(.missingPort, port: given.first, "\(OneSideAlone())")
    }
    let extent = Extent(width: ports.constantInt("width"), height: ports.constantInt("height"))
    for port in ["image", "mask"] { try ports.setExtent(of: port, to: extent, because: "width") }
  }
}

/// A working size of which one side is missing.
struct OneSideAlone: Error, CustomStringConvertible {
  var description: String { "`width` and `height` belong together: give both, or neither" }
}
