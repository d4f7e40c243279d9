/// Every file says the version of the language that it is written in.
enum VersionRule {
  /// The version of the language that this is.
  static let version = "1"

  static func findings(_ entry: SyntaxEntry?, in source: SourceText) -> [Diagnostic] {
    guard let entry else { return [.missingVersion(at: source.start)] }
    if case .scalar(let scalar) = entry.value.content, scalar.text == version { return [] }
    return [.unsupportedVersion(at: entry.value.span)]
  }
}
