import Engine
import Graph
import Imaging

/// Reads a picture from a file.
struct LoadImage: Node {
  static let name = "load-image"
  static let version = 2
  static let about = """
    Reads a PNG, JPEG or WebP picture of any kind, of at most 32,768 pixels a side and 100 megapixels. \
    It becomes sRGB, by its ICC profile where it has one; grey, palette and CMYK pictures become RGB. \
    Photos are turned as their EXIF data say. Transparency becomes a mask of its own.
    """

  @Input("The picture's file.") var path: FilePath
  @Output("The picture, without its transparency.") var image: Image
  @Output("How opaque each pixel is; 1 everywhere where the file does not say.") var alpha: Mask

  func run(_ context: RunContext) throws {
    let picture = try Picture(readingFrom: path.resolved)
    image = picture.image
    alpha = picture.alpha ?? Mask(width: image.width, height: image.height, filledWith: 1)
  }

  static func infer(_ ports: inout Inference) throws {
    guard case .path(let path)? = ports.constants["path"] else { return }
    let header = try ports.reading("path") { try ImageHeader(readingFrom: path.resolved) }
    let extent = Extent(width: header.width, height: header.height)
    ports.setExtent(of: "image", to: extent)
    ports.setExtent(of: "alpha", to: extent)
  }
}
