import CYAML

/// One event of a YAML stream.
struct YAMLEvent {
  enum Kind {
    case streamStart
    case streamEnd
    case documentStart
    case documentEnd
    case alias
    case scalar(text: String, isPlain: Bool, isQuoted: Bool)
    case sequenceStart
    case sequenceEnd
    case mappingStart
    case mappingEnd
  }

  var kind: Kind
  /// UTF-8 offsets into the file.
  var bytes: Range<Int>
  var hasTag = false
  var hasAnchor = false
}

/// A text that is no YAML, as libyaml puts it.
struct YAMLError: Error {
  var problem: String
  /// What libyaml was doing, and since where.
  var context: (text: String, offset: Int)?
  /// A UTF-8 offset into the file.
  var offset: Int
}

/// libyaml's events over a text.
final class YAMLEvents {
  private let source: SourceText
  private let input: UnsafeMutableBufferPointer<UInt8>
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  /// The Unicode scalars in front of what libyaml is given: a byte order mark.
  private let skippedScalars: Int

  init(_ source: SourceText) {
    self.source = source
    let skippedBytes = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    skippedScalars = skippedBytes / 3
    input = .allocate(capacity: source.bytes.count - skippedBytes)
    _ = input.initialize(from: source.bytes.dropFirst(skippedBytes))
    parser = .allocate(capacity: 1)
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  /// The next event.
  func next() throws(YAMLError) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw error }
    defer { yaml_event_delete(&event) }
    return translate(event)
  }

  private func translate(_ event: yaml_event_t) -> YAMLEvent {
    var result = YAMLEvent(kind: .streamStart, bytes: bytes(event.start_mark, event.end_mark))
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: result.kind = .documentStart
    case YAML_DOCUMENT_END_EVENT: result.kind = .documentEnd
    case YAML_ALIAS_EVENT: result.kind = .alias
    case YAML_SCALAR_EVENT: result.read(event.data.scalar)
    case YAML_SEQUENCE_START_EVENT:
      result.kind = .sequenceStart
      result.hasTag = event.data.sequence_start.tag != nil
      result.hasAnchor = event.data.sequence_start.anchor != nil
    case YAML_SEQUENCE_END_EVENT: result.kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      result.kind = .mappingStart
      result.hasTag = event.data.mapping_start.tag != nil
      result.hasAnchor = event.data.mapping_start.anchor != nil
    case YAML_MAPPING_END_EVENT: result.kind = .mappingEnd
    case YAML_STREAM_START_EVENT: result.kind = .streamStart
    default: result.kind = .streamEnd
    }
    return result
  }

  private var error: YAMLError {
    let state = parser.pointee
    let isReaderError = state.error == YAML_READER_ERROR
    return YAMLError(
      problem: state.problem.map { String(cString: $0) } ?? "libyaml ran out of memory",
      context: state.context.map { (String(cString: $0), offset(state.context_mark)) },
      offset: isReaderError
        ? state.problem_offset + skippedScalars * 3 : offset(state.problem_mark))
  }

  /// libyaml counts characters; everything else here counts bytes.
  private func offset(_ mark: yaml_mark_t) -> Int {
    source.byteOffset(ofScalar: mark.index + skippedScalars)
  }

  private func bytes(_ start: yaml_mark_t, _ end: yaml_mark_t) -> Range<Int> {
    let start = offset(start)
    return start..<max(start, offset(end))
  }
}

extension YAMLEvent {
  fileprivate typealias CScalar = yaml_event_t.__Unnamed_union_data.__Unnamed_struct_scalar

  fileprivate mutating func read(_ scalar: CScalar) {
    let content = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    kind = .scalar(
      text: String(decoding: content, as: UTF8.self),
      isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE,
      isQuoted: scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE
        || scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE)
    hasTag = scalar.tag != nil
    hasAnchor = scalar.anchor != nil
  }
}
