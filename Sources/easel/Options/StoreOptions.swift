import ArgumentParser
import Engine
import FoundationEssentials
import Glibc

/// Where computed values are kept.
struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The cache folder.",
      discussion: "$EASEL_CACHE, or easel in the user's cache folder, by default.",
      valueName: "folder"),
    completion: .directory)
  var cache: String?

  /// The store in that folder.
  var store: Store { Store(folder: cache ?? Self.defaultFolder) }

  /// Where no folder is given.
  static var usual: Store { Store(folder: defaultFolder) }

  /// A folder that is given holds for all that this process looks up, such as a model that is picked by its digest.
  func validate() throws { if let cache { setenv("EASEL_CACHE", cache, 1) } }

  private static var defaultFolder: String {
    let environment = ProcessInfo.processInfo.environment
    if let folder = environment["EASEL_CACHE"], !folder.isEmpty { return folder }
    if let folder = environment["XDG_CACHE_HOME"], folder.hasPrefix("/") {
      return folder + "/easel"
    }
    return (environment["HOME"] ?? ".") + "/.cache/easel"
  }
}
