import ProgramFolder

/// The styles that come with the program.
public enum DefaultStyles {
  /// The library's file, YAML; nil where the program was moved without its resources.
  public static let path = ProgramFolder.resources(ofTarget: "DefaultStyles").map {
    $0 + "/styles/styles.yaml"
  }
}
