import Graph

extension Explanation: Encodable {
  private enum Keys: String, CodingKey {
    case node, uses, state, cause, root, chain, port, was, `is`, since, condition, sentence
    case neededBy = "needed_by"
    case sameAs = "same_as"
  }

  /// One flat object: the root cause in a word, the place of it, and the sentence.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(node.path, forKey: .node)
    try container.encode(uses, forKey: .uses)
    try container.encode(state, forKey: .state)
    try container.encodeIfPresent(condition?.rawValue, forKey: .condition)
    try container.encodeIfPresent(sameAs?.path, forKey: .sameAs)
    try container.encodeIfPresent(neededBy?.path, forKey: .neededBy)
    try container.encode(cause.root.word, forKey: .cause)
    try container.encode(cause.steps.last?.node.path ?? node.path, forKey: .root)
    try container.encode(cause.steps.map(\.node.path), forKey: .chain)
    try container.encodeIfPresent(cause.root.time, forKey: .since)
    if case .changed(let change) = cause.root {
      try container.encodeIfPresent(change.fields.port, forKey: .port)
      try container.encodeIfPresent(change.fields.was, forKey: .was)
      try container.encodeIfPresent(change.fields.is, forKey: .is)
    }
    try container.encode(sentence, forKey: .sentence)
  }
}

extension Explanation.Cause {
  /// What it is, for programs.
  fileprivate var word: String {
    switch self {
    case .new: "new"
    case .changed(let change): change.word
    case .gone: "gone"
    case .unnamed: "unknown-file"
    case .unchanged: "unchanged"
    case .covered: "covered"
    case .unused: "unused"
    case .upstream(_, _, let cause), .sameContent(let cause): cause.word
    }
  }

  fileprivate var time: Int? {
    switch self {
    case .gone(let time), .unchanged(let time): time
    default: nil
    }
  }
}

extension Change {
  fileprivate var word: String {
    switch self {
    case .keyScheme: "key-scheme"
    case .numericMode: "numeric-mode"
    case .kind: "kind"
    case .version: "version"
    case .declaration: "declaration"
    case .input(_, .file(let old), .file(let new)) where old == new: "file"
    case .input: "input"
    case .order: "order"
    case .newElement: "new-element"
    }
  }

  fileprivate var fields: (port: String?, was: String?, is: String?) {
    switch self {
    case .keyScheme, .declaration: (nil, nil, nil)
    case .numericMode(let was, let new), .kind(let was, let new): (nil, was, new)
    case .version(_, let was, let new): (nil, String(was), String(new))
    case .input(let port, let was, let new): (port, was?.text, new?.text)
    case .order(let port): (port, nil, nil)
    case .newElement(let port, let value): (port, nil, value.text)
    }
  }
}

extension InputValue {
  /// As its author would write it, where it is a constant or a file.
  fileprivate var text: String {
    switch self {
    case .constant(let text, _), .file(let text): text
    default: display
    }
  }
}
