/// A place in a graph file.
public struct SourceSpan: Hashable, Sendable {
  /// The file, as it was named by the user or by the graph that uses it.
  public var file: String
  /// UTF-8 offsets into the file.
  public var bytes: Range<Int>
  public var start: SourcePosition
  /// Just behind the last character.
  public var end: SourcePosition

  public init(file: String, bytes: Range<Int>, start: SourcePosition, end: SourcePosition) {
    self.file = file
    self.bytes = bytes
    self.start = start
    self.end = end
  }
}

/// A line and a column, both counted from 1; columns count Unicode scalars.
public struct SourcePosition: Hashable, Sendable, Comparable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (a: Self, b: Self) -> Bool { (a.line, a.column) < (b.line, b.column) }
}
