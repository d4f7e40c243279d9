/// What stands before the first scan of a JPEG file: ITU-T T.81, annex B; the ICC profile as in
/// ICC.1:2022, B.4; EXIF data as in CIPA DC-008, 4.7.2.
struct JPEGSegments {
  /// As stored.
  private var storedSize: (width: Int, height: Int)?
  private var exif: ArraySlice<UInt8>?
  private var profileParts: [ArraySlice<UInt8>] = []
  private(set) var comments: [ArraySlice<UInt8>] = []

  /// Throws for a file that ends before it has said how large it is, and for one of another number
  /// of bits than 8.
  init(_ bytes: [UInt8]) throws(ImageFileError.Problem) {
    var rest = bytes.dropFirst(2)
    while let (marker, body) = Self.next(in: &rest), marker != Marker.startOfScan {
      switch marker {
      case Marker.comment: comments.append(body)
      case Marker.application1 where exif == nil && body.starts(with: Self.exifName): exif = body
      case Marker.application2 where body.starts(with: Self.profileName):
        profileParts.append(body.dropFirst(Self.profileName.count))
      case Marker.frames where !Marker.noFrames.contains(marker): try readFrame(body)
      default: break
      }
    }
    guard storedSize != nil else { throw .noHeader(.jpeg) }
  }

  /// As shown.
  var size: (width: Int, height: Int) {
    guard let (width, height) = storedSize else { return (0, 0) }
    return orientation.swapsSides ? (height, width) : (width, height)
  }

  var orientation: Orientation { Orientation(exif: exif) }

  /// Nil where a part is missing.
  var profile: [UInt8]? {
    let parts = profileParts.filter { $0.count > 2 }.sorted { $0.number < $1.number }
    guard let count = parts.first?.total, parts.map(\.number) == Array(1...max(count, 1)),
      parts.allSatisfy({ $0.total == count })
    else { return nil }
    return parts.flatMap { $0.dropFirst(2) }
  }

  private enum Marker {
    static let startOfScan: UInt8 = 0xDA
    static let endOfImage: UInt8 = 0xD9
    static let comment: UInt8 = 0xFE
    static let application1: UInt8 = 0xE1
    static let application2: UInt8 = 0xE2
    static let frames: ClosedRange<UInt8> = 0xC0...0xCF
    /// Tables whose markers lie among those of frames.
    static let noFrames: Set<UInt8> = [0xC4, 0xC8, 0xCC]
    /// Those that stand alone, without a length.
    static let bare: Set<UInt8> = Set(0xD0...0xD8).union([0x01])
  }

  private static let exifName = Array("Exif\0\0".utf8)
  private static let profileName = Array("ICC_PROFILE\0".utf8)

  private mutating func readFrame(_ body: ArraySlice<UInt8>) throws(ImageFileError.Problem) {
    guard let bits = body.first, let height = body.integer(at: 1, bytes: 2, .bigEndian),
      let width = body.integer(at: 3, bytes: 2, .bigEndian)
    else { throw .noHeader(.jpeg) }
    guard bits == 8 else { throw .sampleDepth(bits: Int(bits)) }
    if storedSize == nil { storedSize = (width, height) }
  }

  /// The next marker that has a length, with what it holds; nil at the end. Stray bytes before a
  /// marker are passed over, as libjpeg does.
  private static func next(
    in rest: inout ArraySlice<UInt8>
  ) -> (marker: UInt8, body: ArraySlice<UInt8>)? {
    while let start = rest.firstIndex(of: 0xFF) {
      rest = rest[start...].drop { $0 == 0xFF }
      guard let marker = rest.popFirst(), marker != Marker.endOfImage else { return nil }
      if marker == 0 || Marker.bare.contains(marker) { continue }
      guard let length = rest.integer(at: 0, bytes: 2, .bigEndian), length >= 2,
        length <= rest.count
      else { return nil }
      defer { rest = rest.dropFirst(length) }
      return (marker, rest.dropFirst(2).prefix(length - 2))
    }
    return nil
  }
}

/// A part of a profile: its number from 1, the number of all, and what it holds.
extension ArraySlice<UInt8> {
  fileprivate var number: Int { first.map(Int.init) ?? 0 }
  fileprivate var total: Int { dropFirst().first.map(Int.init) ?? 0 }
}
