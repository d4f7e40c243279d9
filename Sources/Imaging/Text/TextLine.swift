import CFreeType
import Tensor

/// A drawn line of text.
struct TextLine {
  /// How much of each pixel is ink: the height of a line, and as wide as the line with a margin at both ends, into
  /// which letters may lean.
  var coverage: Mask
  /// The width of each margin, in pixels.
  var margin: Int
}

extension Font {
  /// Draws a line; it should have no line breaks. What lies beyond the line's height is cut off.
  func draw(_ line: some StringProtocol) -> TextLine {
    let run = glyphs(of: line)
    let margin = (size + 3) / 4
    let width = pixelsCovering(run.advance) + 2 * margin
    let values = Tensor([lineHeight, width]) { target in
      target.initialize(repeating: 0)
      let ink = Ink(width: width, height: lineHeight, pixels: target)
      for (index, pen) in run.glyphs {
        draw(index, at: sixtyFourths(pen) + margin * 64, on: ink)
      }
    }
    return TextLine(coverage: Mask(values: values), margin: margin)
  }

  /// - Parameter pen: In 64ths of a pixel from the left.
  private func draw(_ glyph: UInt32, at pen: Int, on ink: Ink) {
    var shift = FT_Vector(x: pen & 63, y: 0)
    FT_Set_Transform(face, nil, &shift)
    let flags = FT_LOAD_RENDER | FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP
    // A glyph that is broken in the file, or for which there is no memory, stays blank.
    guard FT_Load_Glyph(face, glyph, FT_Int32(flags)) == 0, let slot = face.pointee.glyph?.pointee
    else { return }
    ink.add(
      slot.bitmap, left: pen >> 6 + Int(slot.bitmap_left), top: ascent - Int(slot.bitmap_top))
  }
}

/// The coverage of a line that is being drawn.
private struct Ink {
  var width: Int
  var height: Int
  var pixels: UnsafeMutableBufferPointer<Float>

  /// Adds a glyph of 256 greys.
  func add(_ bitmap: FT_Bitmap, left: Int, top: Int) {
    guard let buffer = bitmap.buffer else { return }
    for row in 0..<Int(bitmap.rows) where 0..<height ~= top + row {
      let source = buffer + row * Int(bitmap.pitch)
      for column in 0..<Int(bitmap.width) where 0..<width ~= left + column {
        let index = (top + row) * width + left + column
        pixels[index] = min(1, pixels[index] + Float(source[column]) / 255)
      }
    }
  }
}
