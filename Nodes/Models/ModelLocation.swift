import DefaultModel
import Diffusion
import Engine
import FoundationEssentials

/// Where a model is that a graph names: `default`, a path, `sha256:` with the beginning of a digest, or a name that
/// is looked up among the default model's companions, in `$EASEL_MODELS` and in the Hugging Face cache.
public enum ModelLocation {
  /// Where names are looked up.
  @TaskLocal public static var search = ModelSearch(
    environment: ProcessInfo.processInfo.environment)

  /// The folder or file that `written` means as a checkpoint in a graph that lies in `folder`, the working directory
  /// where that is empty.
  ///
  /// Throws `DefaultModelMissing` for `default` where the program stands without its resources, `ModelLookupError`
  /// for a name that means nothing or several things.
  @Sendable public static func locate(_ written: String, in folder: String) throws -> String {
    try locate(written, .checkpoint, in: folder)
  }

  /// The same for models of another kind, or of any: what the ports of nodes look them up by.
  public static func of(
    _ kind: ModelKind?
  ) -> @Sendable (_ written: String, _ folder: String) throws -> String {
    { try locate($0, kind, in: $1) }
  }

  private static func locate(
    _ written: String, _ kind: ModelKind?, in folder: String
  ) throws -> String {
    if written == "default" {
      guard let path = DefaultModel.path else { throw DefaultModelMissing() }
      if kind.map(isPartOfDefault) ?? true { return path }
    }
    let digest = "sha256:"
    if written.hasPrefix(digest) {
      return try search.pick(String(written.dropFirst(digest.count)), kind).path
    }
    let path = written.hasPrefix("/") || folder.isEmpty ? written : folder + "/" + written
    let isPath = ["/", "./", "../"].contains { written.hasPrefix($0) } || Directory.exists(path)
    return isPath ? path : try search.find(written, kind, path: path).path
  }

  /// Whether the model that comes with Easel has such a part.
  private static func isPartOfDefault(_ kind: ModelKind) -> Bool {
    [.checkpoint, .unet, .textEncoder, .vae].contains(kind)
  }
}

/// The program stands without its resources.
struct DefaultModelMissing: Error, CustomStringConvertible {
  var description: String {
    "the model that comes with Easel is not beside the program; run `make install`, or name another model"
  }
}
