import DefaultModel

/// Where a model is that a graph names.
enum ModelLocation {
  /// The folder or file that `written` means in a graph that lies in `folder`.
  ///
  /// Throws `DefaultModelMissing` for `default` where the program stands without its resources.
  @Sendable static func locate(_ written: String, in folder: String) throws -> String {
    if written == "default" { return try DefaultModel.path }
    return written.hasPrefix("/") ? written : folder + "/" + written
  }
}
