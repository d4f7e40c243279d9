import FoundationEssentials

/// The model that comes with the program.
public enum DefaultModel {
  /// The model's folder, in diffusers' layout; nil where the program was moved without its resources.
  ///
  /// It is looked for beside the running program's file, where the build puts resources.
  /// (`Bundle.module` would end the process where it finds nothing.)
  public static let path: String? = {
    guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    else { return nil }
    let folder = URL(filePath: program).deletingLastPathComponent().path
    let siblings = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return siblings.first { $0.hasSuffix("_DefaultModel.resources") }.map {
      "\(folder)/\($0)/model"
    }
  }()
}
