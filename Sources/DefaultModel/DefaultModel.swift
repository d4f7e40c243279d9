import ProgramFolder

/// The model that comes with the program, and those beside it.
public enum DefaultModel {
  /// The model's folder, in diffusers' layout; nil where the program was moved without its resources.
  public static let path = resources.map { $0 + "/model" }

  /// The folder of the models that work beside it, with a folder for each kind; nil as above.
  public static let companions = resources.map { $0 + "/companions" }

  private static let resources = ProgramFolder.resources(ofTarget: "DefaultModel")
}
