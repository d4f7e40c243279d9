import ProgramFolder

/// The font that comes with the program. It is looked for when a text is drawn, not before.
public enum DefaultFont {
  /// The font's file, TrueType; nil where the program was moved without its resources.
  public static let path = ProgramFolder.resources(ofTarget: "DefaultFont").map {
    $0 + "/font/DejaVuSans.ttf"
  }
}
