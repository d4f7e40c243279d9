import CFreeType

/// The glyphs of one line, and where the pen sets them down.
struct GlyphRun {
  /// In the font's units from the start of the line, from left to right.
  private(set) var glyphs: [(index: UInt32, pen: Int)] = []
  /// How far the pen goes, in the font's units.
  private(set) var advance = 0
}

extension Font {
  /// The line's glyphs; the font's box for characters that it lacks, nothing for invisible ones.
  func glyphs(of line: some StringProtocol) -> GlyphRun {
    var run = GlyphRun()
    for scalar in line.unicodeScalars where scalar.isDrawn {
      let index = UInt32(FT_Get_Char_Index(face, FT_ULong(scalar.value)))
      run.append(index, in: face)
    }
    return run
  }

  /// How wide the line is, in whole pixels.
  func width(of line: some StringProtocol) -> Int { pixelsCovering(glyphs(of: line).advance) }
}

extension GlyphRun {
  fileprivate mutating func append(_ glyph: UInt32, in face: FT_Face) {
    if let last = glyphs.last {
      var kerning = FT_Vector()
      FT_Get_Kerning(face, last.index, glyph, FT_KERNING_UNSCALED.rawValue, &kerning)
      advance = max(0, advance + Int(kerning.x))
    }
    glyphs.append((glyph, advance))
    var width: FT_Fixed = 0
    FT_Get_Advance(face, glyph, FT_Int32(FT_LOAD_NO_SCALE), &width)
    advance += Int(width)
  }
}

extension Unicode.Scalar {
  /// Controls, and what only says how its neighbours are to be shaped, leave no mark.
  var isDrawn: Bool {
    properties.generalCategory != .control && !properties.isDefaultIgnorableCodePoint
  }
}
