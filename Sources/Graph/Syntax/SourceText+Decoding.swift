extension SourceText {
  /// The text of a file's bytes, and a finding where they are no UTF-8.
  static func decode(_ bytes: [UInt8], file: String) -> (source: SourceText, finding: Diagnostic?) {
    let source = SourceText(file: file, text: String(decoding: bytes, as: UTF8.self))
    do {
      _ = try UTF8Span(validating: bytes.span)
      return (source, nil)
    } catch {
      // What stands before the first fault is as long in the repaired text as in the file.
      let start = error.byteOffsets.lowerBound
      return (source, .invalidEncoding(byte: bytes[start], at: source.span(start..<start)))
    }
  }
}
