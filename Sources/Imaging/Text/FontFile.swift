import CFreeType
import DefaultFont

/// The file of a font.
public enum FontFile {
  /// The one that comes with Easel. Throws `FontError.missing`.
  public static func builtIn() throws(FontError) -> String {
    guard let path = DefaultFont.path else { throw .missing }
    return path
  }

  /// What the font in a file calls itself, such as `DejaVu Sans` and `Bold`. Throws `FontError`.
  public static func name(of path: String) throws(FontError) -> (family: String, style: String) {
    let font = try Font(readingFrom: path, size: 1)
    func word(_ text: UnsafePointer<FT_String>?) -> String {
      text.map { String(cString: $0) } ?? ""
    }
    return (word(font.face.pointee.family_name), word(font.face.pointee.style_name))
  }
}
