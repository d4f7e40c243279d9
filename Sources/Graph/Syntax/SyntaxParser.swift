/// Builds the syntax tree of a file from YAML's events, and refuses what graph files do without.
struct SyntaxParser {
  /// How deep lists and mappings may lie in each other. The language itself needs six levels.
  static let depthLimit = 32
  /// How many bytes a scalar may have. The longest prompts have a few thousand.
  static let scalarLimit = 64 << 10
  /// How many scalars, lists and mappings a file may have.
  static let nodeLimit = 200_000

  private let source: SourceText
  private let events: YAMLEvents
  private var findings: [Diagnostic] = []
  private var hasReportedAlias = false
  private var nodeCount = 0

  private init(_ source: SourceText) {
    self.source = source
    events = YAMLEvents(source)
  }

  /// The tree, nil where the text is no YAML or has no content; and what is wrong with it.
  static func parse(_ source: SourceText) -> (tree: SyntaxNode?, findings: [Diagnostic]) {
    var parser = SyntaxParser(source)
    do throws(Refusal) {
      return (try parser.parseStream(), parser.findings)
    } catch {
      return (nil, parser.findings + [error.finding])
    }
  }

  /// What ends the reading.
  private struct Refusal: Error {
    var finding: Diagnostic
  }

  private func next() throws(Refusal) -> YAMLEvent {
    do throws(YAMLError) {
      return try events.next()
    } catch {
      throw Refusal(finding: .invalidYAML(error, in: source))
    }
  }

  private mutating func parseStream() throws(Refusal) -> SyntaxNode? {
    var tree: SyntaxNode?
    while true {
      let event = try next()
      switch event.kind {
      case .streamEnd: return tree
      case .documentStart where tree != nil:
        throw Refusal(finding: .multipleDocuments(at: source.span(event.bytes)))
      case .streamStart, .documentStart, .documentEnd: continue
      default: tree = try parseNode(event, depth: 0)
      }
    }
  }

  private mutating func parseNode(_ event: YAMLEvent, depth: Int) throws(Refusal) -> SyntaxNode {
    let span = source.span(event.bytes)
    guard depth < Self.depthLimit else {
      throw Refusal(finding: .nestingTooDeep(limit: Self.depthLimit, at: span))
    }
    nodeCount += 1
    guard nodeCount <= Self.nodeLimit else {
      throw Refusal(finding: .tooManyValues(limit: Self.nodeLimit, at: span))
    }
    refuseExtras(of: event, at: span)
    switch event.kind {
    case .scalar(let text, _, _) where text.utf8.count > Self.scalarLimit:
      let start = event.bytes.lowerBound
      findings.append(
        .longScalar(text.utf8.count, limit: Self.scalarLimit, at: source.span(start..<start)))
      return SyntaxNode(content: .refused, span: span)
    case .scalar(let text, let isPlain, let isQuoted):
      return scalar(text, isPlain: isPlain, isQuoted: isQuoted, bytes: event.bytes)
    case .sequenceStart: return try parseSequence(from: event.bytes, depth: depth)
    case .mappingStart: return try parseMapping(from: event.bytes, depth: depth)
    default: return SyntaxNode(content: .refused, span: span)
    }
  }

  private func scalar(
    _ text: String, isPlain: Bool, isQuoted: Bool, bytes: Range<Int>
  ) -> SyntaxNode {
    let bytes = trimmingLineBreaks(bytes)
    let place = ScalarPlace(of: text, in: bytes, isQuoted: isQuoted, source: source)
    return SyntaxNode(
      content: .scalar(SyntaxScalar(text: text, isPlain: isPlain, place: place)), span: place.whole)
  }

  private mutating func parseSequence(
    from start: Range<Int>, depth: Int
  ) throws(Refusal) -> SyntaxNode {
    var elements: [SyntaxNode] = []
    while true {
      let event = try next()
      if case .sequenceEnd = event.kind {
        let span = span(from: start, to: event.bytes, lastChild: elements.last?.span)
        return SyntaxNode(content: .sequence(elements), span: span)
      }
      elements.append(try parseNode(event, depth: depth + 1))
    }
  }

  private mutating func parseMapping(
    from start: Range<Int>, depth: Int
  ) throws(Refusal) -> SyntaxNode {
    var entries: [SyntaxEntry] = []
    var places: [String: SourceSpan] = [:]
    var last: SourceSpan?
    while true {
      let event = try next()
      if case .mappingEnd = event.kind {
        let span = span(from: start, to: event.bytes, lastChild: last)
        return SyntaxNode(content: .mapping(entries), span: span)
      }
      let key = try parseNode(event, depth: depth + 1)
      let value = try parseNode(next(), depth: depth + 1)
      last = value.span
      guard let name = keyText(key) else { continue }
      if let first = places.updateValue(key.span, forKey: name) {
        findings.append(.duplicateKey(name, at: key.span, first: first))
      } else {
        entries.append(SyntaxEntry(key: name, keySpan: key.span, value: value))
      }
    }
  }

  private mutating func keyText(_ key: SyntaxNode) -> String? {
    switch key.content {
    case .scalar(let scalar): return scalar.text
    case .refused: return nil
    case .sequence, .mapping:
      findings.append(.keyIsNoWord(at: key.span))
      return nil
    }
  }

  /// Aliases can blow a small file up to any size, and tags change what a text means; a graph needs
  /// neither. The first alias or anchor stands for all.
  private mutating func refuseExtras(of event: YAMLEvent, at span: SourceSpan) {
    var isAlias = event.hasAnchor
    if case .alias = event.kind { isAlias = true }
    if isAlias, !hasReportedAlias {
      hasReportedAlias = true
      findings.append(.aliases(at: span))
    }
    if event.hasTag { findings.append(.tag(at: span)) }
  }

  /// A collection in block style ends, for libyaml, where the next thing begins; here, where its
  /// last child ends.
  private func span(
    from start: Range<Int>, to end: Range<Int>, lastChild: SourceSpan?
  ) -> SourceSpan {
    let isFlow = !end.isEmpty
    let upper = isFlow ? end.upperBound : lastChild?.bytes.upperBound ?? start.upperBound
    return source.span(start.lowerBound..<max(start.lowerBound, upper))
  }

  private func trimmingLineBreaks(_ bytes: Range<Int>) -> Range<Int> {
    var end = bytes.upperBound
    while end > bytes.lowerBound,
      [UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(source.bytes[end - 1])
    {
      end -= 1
    }
    return bytes.lowerBound..<end
  }
}
