/// The entries of a mapping, in order and by key.
struct SyntaxFields {
  let entries: [SyntaxEntry]
  private let byKey: [String: SyntaxEntry]

  init(_ entries: [SyntaxEntry]) {
    self.entries = entries
    byKey = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
  }

  subscript(key: String) -> SyntaxEntry? { byKey[key] }
}

extension DocumentReader {
  /// The entries of a mapping; nil, with a finding, for anything else.
  func fields(
    of node: SyntaxNode, in place: String, mayBeEmpty: Bool = false, help: String? = nil
  ) -> SyntaxFields? {
    switch node.content {
    case .mapping(let entries): return SyntaxFields(entries)
    case .scalar(let scalar) where scalar.isNull && mayBeEmpty: return SyntaxFields([])
    case .refused: return nil
    case .scalar, .sequence:
      findings.add(.noMapping(place, found: node, help: help))
      return nil
    }
  }

  func reportUnknownKeys(_ fields: SyntaxFields, of owner: String, allowed: [String]) {
    for entry in fields.entries where !allowed.contains(entry.key) {
      findings.add(.unknownKey(entry.key, of: owner, allowed: allowed, at: entry.keySpan))
    }
  }

  /// Text for people, as it stands.
  func text(_ entry: SyntaxEntry?) -> String? { word(entry)?.text }

  /// The word or text of a key, with its place; nil, with a finding, where it is something else.
  func word(_ entry: SyntaxEntry?) -> Word? {
    guard let entry else { return nil }
    switch entry.value.content {
    case .scalar(let scalar) where !scalar.isNull:
      return Word(text: scalar.text, span: entry.value.span)
    case .scalar: findings.add(.missingValue(of: entry.key, at: entry.keySpan))
    case .refused: break
    case .sequence, .mapping: findings.add(.noText(entry.key, found: entry.value))
    }
    return nil
  }

  /// Finds fault with names that no reference could spell.
  func checkName(_ entry: SyntaxEntry, of kind: String) {
    guard !NameRule.allows(entry.key) else { return }
    findings.add(.invalidName(entry.key, of: kind, at: entry.keySpan))
  }

  func readValue(_ node: SyntaxNode, of key: String) -> WrittenValue {
    WrittenValue(form: valueForm(node, of: key), span: node.span)
  }

  private func valueForm(_ node: SyntaxNode, of key: String) -> WrittenValue.Form {
    switch node.content {
    case .refused: return .refused
    case .sequence(let elements): return .list(elements.map { readValue($0, of: key) })
    case .mapping(let entries):
      return .fields(
        entries.map { (Word(text: $0.key, span: $0.keySpan), readValue($0.value, of: $0.key)) })
    case .scalar(let scalar) where scalar.isNull:
      findings.add(.missingValue(of: key, at: node.span))
      return .refused
    case .scalar(let scalar):
      do throws(ExpressionFault) {
        return .template(try Template(scalar), isPlain: scalar.isPlain)
      } catch {
        findings.add(.invalidExpression(error, in: scalar))
        return .refused
      }
    }
  }
}

/// How inputs, nodes and outputs may be called.
enum NameRule {
  /// Lower-case words and digits joined by `-`, the first with a letter in front.
  static func allows(_ name: String) -> Bool {
    guard let first = name.utf8.first, first.isLowercaseLetter else { return false }
    let words = name.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return words.allSatisfy { word in
      !word.isEmpty && word.allSatisfy { $0.isLowercaseLetter || $0.isDecimalDigit }
    }
  }

  /// The nearest name that is allowed: `My Node` becomes `my-node`.
  static func allowed(near name: String) -> String? {
    let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let joined = words.joined(separator: "-")
    return allows(joined) ? joined : nil
  }
}

extension UInt8 {
  /// One of `a` to `z`.
  var isLowercaseLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
  /// One of `0` to `9`.
  var isDecimalDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
