import CFreeType
import DefaultFont

/// A font at one size, in FreeType's hands.
///
/// Nothing is hinted and the pen moves in the font's own units, so the same text gives the same pixels
/// everywhere. Each character has a glyph of its own, set from left to right with pair kerning: scripts
/// whose letters join or change places, such as Arabic or Devanagari, are not shaped.
struct Font: ~Copyable {
  /// The em, in pixels.
  let size: Int
  let face: FT_Face
  private let library: FT_Library

  /// The font that comes with Easel. Throws `FontError`.
  init(size: Int) throws(FontError) {
    guard let path = DefaultFont.path else { throw .missing }
    try self.init(readingFrom: path, size: size)
  }

  /// - Parameter size: The em, in pixels; at least 1.
  init(readingFrom file: String, size: Int) throws(FontError) {
    var library: FT_Library?
    guard FT_Init_FreeType(&library) == 0, let library else { throw .unreadable(file: file) }
    var face: FT_Face?
    guard FT_New_Face(library, file, 0, &face) == 0, let face,
      face.pointee.units_per_EM > 0, FT_Set_Pixel_Sizes(face, 0, UInt32(size)) == 0
    else {
      FT_Done_FreeType(library)
      throw .unreadable(file: file)
    }
    self.size = size
    self.face = face
    self.library = library
  }

  /// The face goes with its library.
  deinit { FT_Done_FreeType(library) }

  /// From the top of a line to its baseline, in pixels.
  var ascent: Int { pixelsCovering(Int(face.pointee.ascender)) }
  /// From the top of a line to that of the next, in pixels.
  var lineHeight: Int { ascent + pixelsCovering(-Int(face.pointee.descender)) }

  /// The whole pixels that a length in the font's units needs.
  func pixelsCovering(_ units: Int) -> Int {
    let em = Int(face.pointee.units_per_EM)
    return (units * size + em - 1) / em
  }

  /// A length in the font's units in 64ths of a pixel, to the nearest.
  func sixtyFourths(_ units: Int) -> Int {
    let em = Int(face.pointee.units_per_EM)
    return (2 * units * size * 64 + em) / (2 * em)
  }
}
