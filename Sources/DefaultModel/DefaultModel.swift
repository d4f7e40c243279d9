import ProgramFolder

/// The model that comes with the program.
public enum DefaultModel {
  /// The model's folder, in diffusers' layout; nil where the program was moved without its resources.
  public static let path = ProgramFolder.resources(ofTarget: "DefaultModel").map { $0 + "/model" }
}
