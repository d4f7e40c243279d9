import Engine
import FoundationEssentials
import Imaging
import Nodes

/// A small picture of a value, as a PNG file.
struct Thumbnail: Hashable, Sendable {
  var width: Int
  var height: Int
  var png: [UInt8]

  /// The longest side, in pixels.
  static let longestSide = 256
  /// How many elements of a list are shown.
  private static let limit = 8

  /// The file in the text of a page.
  var dataURI: String { "data:image/png;base64," + Data(png).base64EncodedString() }

  /// Nil for a picture that cannot be encoded.
  init?(_ image: Image) {
    let scale = Double(Self.longestSide) / Double(max(image.width, image.height, 1))
    let small =
      scale < 1
      ? image.resized(
        toWidth: max(1, Int((Double(image.width) * scale).rounded())),
        height: max(1, Int((Double(image.height) * scale).rounded())))
      : image
    guard image.width > 0, image.height > 0, let png = try? PNG.encode(small) else { return nil }
    (width, height) = (small.width, small.height)
    self.png = png
  }

  /// Those of a value, or of the first elements of a list; none of what cannot be seen. Latents look as
  /// `model` says.
  static func all(of value: any PortValue, model: String?) -> [Thumbnail] {
    let elements = (value as? GatheredList)?.elements ?? (value as? [any PortValue]) ?? [value]
    return elements.prefix(limit).compactMap {
      depiction(of: $0, model: model).flatMap(Thumbnail.init)
    }
  }
}
