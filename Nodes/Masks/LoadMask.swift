import Engine
import Graph
import Imaging

/// Reads a mask from the file of a picture.
struct LoadMask: Node {
  static let name = "load-mask"
  static let version = 1
  static let about =
    "Reads a mask from the file of a picture, of the kinds that `load-image` reads."

  @Input("The picture's file.") var path: FilePath
  @Input("What is read as the mask; `alpha` is 1 everywhere where the file does not say.")
  var channel: MaskChannel = .luma
  @Output("The mask, of the picture's size.") var mask: Mask

  func run(_ context: RunContext) throws {
    mask = try Picture(readingFrom: path.resolved).mask(channel)
  }

  static func infer(_ ports: inout Inference) throws {
    guard case .path(let path)? = ports.constants["path"] else { return }
    let header = try ports.reading("path") { try ImageHeader(readingFrom: path.resolved) }
    ports.setExtent(of: "mask", to: Extent(width: header.width, height: header.height))
  }
}

extension MaskChannel: ChoicePortValue {}
