/// A place in a graph file.
public struct SourceSpan: Hashable, Sendable {
  /// The file, as it was named by the user or by the graph that uses it.
  public var file: String
  /// UTF-8 offsets into the file.
  public var bytes: Range<Int>
  /// The first character.
  public var start: SourcePosition
  /// Just behind the last character.
  public var end: SourcePosition

  /// The place of these bytes.
  public init(file: String, bytes: Range<Int>, start: SourcePosition, end: SourcePosition) {
    self.file = file
    self.bytes = bytes
    self.start = start
    self.end = end
  }
}

extension SourceSpan {
  /// Whether another place lies within this one.
  func contains(_ other: SourceSpan) -> Bool {
    file == other.file && bytes.lowerBound <= other.bytes.lowerBound
      && other.bytes.upperBound <= bytes.upperBound
  }
}

/// A line and a column, both counted from 1; columns count Unicode scalars.
public struct SourcePosition: Hashable, Sendable, Comparable {
  /// From 1.
  public var line: Int
  /// From 1.
  public var column: Int

  /// The character at this line and column.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Whether one position stands in front of the other.
  public static func < (a: Self, b: Self) -> Bool { (a.line, a.column) < (b.line, b.column) }
}
