/// Why pictures cannot be put together on a sheet.
public enum ContactSheetError: Error, Hashable, Sendable, CustomStringConvertible {
  case noImages
  case labelCount(images: Int, labels: Int)
  /// The sheet would go beyond `ImageLimits`.
  case tooLarge(width: Int, height: Int)

  /// A sentence.
  public var description: String {
    switch self {
    case .noImages:
      "there is no image; a sheet needs at least one"
    case .labelCount(let images, let labels):
      "there \(Self.counted(images, "image")) and \(labels) label\(labels == 1 ? "" : "s"); "
        + "each image needs one label, or none has one"
    case .tooLarge(let width, let height):
      "the sheet would have \(width)x\(height) pixels; a side may have \(ImageLimits.side), "
        + "the sheet \(ImageLimits.pixels / 1_000_000) million"
    }
  }

  /// Throws for a sheet, or a cell alone, that goes beyond `ImageLimits`.
  static func check(width: Int, height: Int) throws(ContactSheetError) {
    guard max(width, height) <= ImageLimits.side, width * height <= ImageLimits.pixels else {
      throw .tooLarge(width: width, height: height)
    }
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "is 1 \(noun)" : "are \(count) \(noun)s"
  }
}
