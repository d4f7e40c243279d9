import Graph

/// A file or folder, named in a graph, that cannot be read.
public struct UnreadableInput: Error, Hashable, Sendable, CustomStringConvertible {
  /// The port that names it.
  public var port: String
  /// The path as it was written and as it was opened.
  public var path: FilePathLiteral
  /// What is at fault: the path itself, or something in the folder.
  public var file: UnreadableFile

  /// Names the port, the file and what the system says.
  public var description: String {
    "`\(port)`: cannot read \(path.written): \(file.reason) (looked for \(file.path))"
  }
}

/// A file or folder that cannot be read.
public struct UnreadableFile: Error, Hashable, Sendable {
  /// As it was opened.
  public var path: String
  /// What the system says, such as "No such file or directory".
  public var reason: String
}

/// A file that was changed between the planning of a run and its reading.
public struct ChangedInput: Error, Hashable, Sendable, CustomStringConvertible {
  /// The port that names it.
  public var port: String
  /// The path as it was written and as it was opened.
  public var path: FilePathLiteral

  /// Names the port, the file and what to do.
  public var description: String {
    "`\(port)`: \(path.written) was changed while the run was going on; run again"
  }
}
