import FoundationEssentials

/// The folder that the running program's file lies in.
public enum ProgramFolder {
  /// The folder of a target's resources, which the build and `make install` put beside the program; nil where
  /// the program was moved without it.
  ///
  /// (`Bundle.module` would end the process where it finds nothing.)
  public static func resources(ofTarget target: String) -> String? {
    guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    else { return nil }
    let folder = URL(filePath: program).deletingLastPathComponent().path
    let siblings = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return siblings.first { $0.hasSuffix("_\(target).resources") }.map { "\(folder)/\($0)" }
  }
}
