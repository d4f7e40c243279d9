/// How a stored picture has to be turned to be shown: CIPA DC-008, "Exchangeable image file format
/// for digital still cameras", 4.6.5, Orientation (tag 274).
enum Orientation: Int, CaseIterable {
  case upright = 1
  case mirrored
  case halfTurn
  case flipped
  case transposed
  case quarterTurn
  case transversed
  case threeQuarterTurn

  /// Whether rows become columns.
  var swapsSides: Bool { rawValue >= 5 }
  /// Whether the stored columns are read from the right.
  var readsFromRight: Bool { [2, 3, 7, 8].contains(rawValue) }
  /// Whether the stored rows are read from below.
  var readsFromBelow: Bool { [3, 4, 6, 7].contains(rawValue) }

  /// What EXIF data say, with or without the name that JPEG puts before them; upright where they do
  /// not, or are damaged.
  init(exif data: ArraySlice<UInt8>?) {
    self = data.flatMap(Self.read) ?? .upright
  }

  private static let tag = 0x0112
  private static let name = Array("Exif\0\0".utf8)

  /// The tag of the first directory: a TIFF structure of entries of twelve bytes.
  private static func read(_ data: ArraySlice<UInt8>) -> Orientation? {
    let data = data.starts(with: name) ? data.dropFirst(name.count) : data
    let order: ByteOrder
    switch data.integer(at: 0, bytes: 2, .bigEndian) {
    case 0x4949: order = .littleEndian
    case 0x4D4D: order = .bigEndian
    default: return nil
    }
    guard data.integer(at: 2, bytes: 2, order) == 42,
      let directory = data.integer(at: 4, bytes: 4, order),
      let count = data.integer(at: directory, bytes: 2, order)
    else { return nil }
    return (0..<count).lazy.map { directory + 2 + 12 * $0 }
      .first { data.integer(at: $0, bytes: 2, order) == tag }
      .flatMap { data.integer(at: $0 + 8, bytes: 2, order) }
      .flatMap(Self.init)
  }
}

extension StoredRaster {
  /// The picture as it is to be shown.
  func turned(_ orientation: Orientation) -> StoredRaster {
    guard orientation != .upright else { return self }
    var turned = self
    if orientation.swapsSides { (turned.width, turned.height) = (height, width) }
    for y in 0..<turned.height {
      for x in 0..<turned.width {
        let (column, row) = orientation.swapsSides ? (y, x) : (x, y)
        let source =
          (orientation.readsFromBelow ? height - 1 - row : row) * width
          + (orientation.readsFromRight ? width - 1 - column : column)
        for channel in 0..<channels {
          turned.samples[(y * turned.width + x) * channels + channel] =
            samples[source * channels + channel]
        }
      }
    }
    return turned
  }
}
