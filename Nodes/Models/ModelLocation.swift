import DefaultModel

/// Where a model is that a graph names.
public enum ModelLocation {
  /// The folder or file that `written` means in a graph that lies in `folder`, the working directory where
  /// that is empty.
  ///
  /// Throws `DefaultModelMissing` for `default` where the program stands without its resources.
  @Sendable public static func locate(_ written: String, in folder: String) throws -> String {
    if written == "default" {
      guard let path = DefaultModel.path else { throw DefaultModelMissing() }
      return path
    }
    return written.hasPrefix("/") || folder.isEmpty ? written : folder + "/" + written
  }
}

/// The program stands without its resources.
struct DefaultModelMissing: Error, CustomStringConvertible {
  var description: String {
    "the model that comes with Easel is not beside the program; run `make install`, or name another model"
  }
}
