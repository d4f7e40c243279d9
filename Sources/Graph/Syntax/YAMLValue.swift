/// What a YAML file says that is no graph: a library of names, or another program's settings.
///
/// The limits of graph files hold for it too: see `SyntaxParser`.
public enum YAMLValue: Hashable, Sendable {
  /// Nothing, `~` or `null`.
  case null
  case text(String)
  case list([YAMLValue])
  /// The entries as they were written, no key twice.
  case mapping([Entry])

  /// A key with its value.
  public struct Entry: Hashable, Sendable {
    /// As it was written.
    public var key: String
    /// What stands behind it.
    public var value: YAMLValue
  }

  /// Reads a file. Throws `UnreadableYAML`.
  public init(
    contentsOf path: String, by reader: SourceReader = .disk
  ) throws(UnreadableYAML) {
    let bytes: [UInt8]
    do throws(SourceReadFailure) {
      bytes = try reader.read(path)
    } catch {
      throw UnreadableYAML(place: path, reason: "cannot be read: \(error)")
    }
    let (source, invalid) = SourceText.decode(bytes, file: path)
    let (tree, findings) = SyntaxParser.parse(source)
    if let finding = invalid ?? findings.first { throw UnreadableYAML(finding) }
    self = tree.map(Self.init) ?? .null
  }

  private init(_ node: SyntaxNode) {
    switch node.content {
    case .scalar(let scalar): self = scalar.isNull ? .null : .text(scalar.text)
    case .sequence(let elements): self = .list(elements.map(Self.init))
    case .mapping(let entries):
      self = .mapping(entries.map { Entry(key: $0.key, value: Self($0.value)) })
    case .refused: self = .null
    }
  }

  /// The value of a mapping's key; nil where there is none, and for what is no mapping.
  public subscript(key: String) -> YAMLValue? {
    guard case .mapping(let entries) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// A text; nil for anything else.
  public var text: String? { if case .text(let text) = self { text } else { nil } }
}

/// A YAML file that cannot be read, or is no YAML.
public struct UnreadableYAML: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, with line and column where there are some.
  public var place: String
  /// What is wrong there.
  public var reason: String

  /// A place, and what is wrong there.
  public init(place: String, reason: String) {
    self.place = place
    self.reason = reason
  }

  /// The place and what is wrong.
  public var description: String { "\(place): \(reason)" }
}

extension UnreadableYAML {
  fileprivate init(_ finding: Diagnostic) {
    let start = finding.span.start
    place = "\(finding.span.file):\(start.line):\(start.column)"
    reason = finding.message
  }
}
