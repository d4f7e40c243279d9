/// The text of a graph file, with what turns offsets into lines and columns.
public final class SourceText: Sendable {
  /// The file, as it was named by the user or by the graph that uses it.
  public let file: String
  /// The text as it was read. What was no UTF-8 stands as U+FFFD.
  public let text: String
  let bytes: [UInt8]
  /// Where each line begins; there is at least one.
  private let lineStarts: [Int]
  /// Where each Unicode scalar begins; nil when every scalar is one byte.
  private let scalarStarts: [Int]?

  /// Takes the text in.
  public init(file: String, text: String) {
    self.file = file
    self.text = text
    let bytes = Array(text.utf8)
    self.bytes = bytes
    lineStarts = Self.lineStarts(of: bytes)
    let isASCII = bytes.allSatisfy { $0 < 0x80 }
    scalarStarts = isASCII ? nil : bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 }
  }

  /// The line and the column of a byte; an offset behind the end counts as the end.
  public func position(ofByte offset: Int) -> SourcePosition {
    let offset = min(offset, bytes.count)
    let line = lineStarts.partitionPoint { $0 <= offset } - 1
    return SourcePosition(
      line: line + 1,
      column: scalarIndex(ofByte: offset) - scalarIndex(ofByte: lineStarts[line]) + 1)
  }

  /// The place that covers these bytes.
  public func span(_ range: Range<Int>) -> SourceSpan {
    SourceSpan(
      file: file, bytes: range, start: position(ofByte: range.lowerBound),
      end: position(ofByte: range.upperBound))
  }

  /// The empty place in front of the first character, for findings about the whole file.
  public var start: SourceSpan { span(0..<0) }

  /// A line, counted from 1, without its line break; empty when there is no such line.
  public func line(_ number: Int) -> Substring {
    guard lineStarts.indices.contains(number - 1) else { return "" }
    let end = number < lineStarts.count ? lineStarts[number] : bytes.count
    let content = bytes[lineStarts[number - 1]..<end]
    return String(decoding: content, as: UTF8.self)[...].trimmingLineBreak()
  }

  /// Where the scalar of this index begins, in bytes.
  func byteOffset(ofScalar index: Int) -> Int {
    guard let scalarStarts else { return min(index, bytes.count) }
    return index < scalarStarts.count ? scalarStarts[index] : bytes.count
  }

  private func scalarIndex(ofByte offset: Int) -> Int {
    scalarStarts.map { starts in starts.partitionPoint { $0 < offset } } ?? offset
  }

  private static func lineStarts(of bytes: [UInt8]) -> [Int] {
    var starts = [0]
    for (index, byte) in bytes.enumerated() {
      let isLoneReturn =
        byte == UInt8(ascii: "\r")
        && (index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "\n"))
      if byte == UInt8(ascii: "\n") || isLoneReturn { starts.append(index + 1) }
    }
    return starts
  }
}

extension Substring {
  fileprivate func trimmingLineBreak() -> Substring {
    var line = self
    while let last = line.unicodeScalars.last, last == "\n" || last == "\r" {
      line.unicodeScalars.removeLast()
    }
    return line
  }
}

extension Array {
  /// The first index whose element does not satisfy a predicate that holds for a prefix alone.
  fileprivate func partitionPoint(where isInPrefix: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isInPrefix(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
