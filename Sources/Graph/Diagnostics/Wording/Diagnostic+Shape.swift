extension Diagnostic {
  static func noMapping(_ place: String, found: SyntaxNode, help: String?) -> Diagnostic {
    Diagnostic(
      .wrongShape, "\(place) is a mapping of keys to values, not \(found.article)",
      at: found.span, help: help ?? "write `key: value`, a line for each key")
  }

  static func noText(_ key: String, found: SyntaxNode) -> Diagnostic {
    Diagnostic(
      .wrongShape, "\(quoted(key)) takes a text, not \(found.article)", at: found.span,
      help: "write `\(key): ...` on one line")
  }

  static func missingVersion(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .languageVersion, "the file does not say its language version", at: span,
      help: "begin it with `easel: \(VersionRule.version)`")
  }

  static func unsupportedVersion(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .languageVersion, "this is no language version that Easel knows", at: span,
      help: "write `easel: \(VersionRule.version)`")
  }

  static func unknownKey(
    _ key: String, of owner: String, allowed: [String], at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      .unknownKey, "\(owner) has no key \(quoted(key))", at: span, label: didYouMean(key, allowed),
      help: "the keys are \(listed(allowed))")
  }

  /// `near` is a key that may have been meant to be `uses`.
  static func missingUses(of node: String, near: SyntaxEntry?, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .missingKey, "the node \(quoted(node)) does not say what it is", at: near?.keySpan ?? span,
      label: near.map { _ in "did you mean `uses`?" },
      help: "add `uses:` with a kind of node (`easel nodes` lists them) or a graph's file")
  }

  static func missingType(of input: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .missingKey, "the input \(quoted(input)) has neither a type nor a default", at: span,
      help: "add `type:`")
  }

  static func missingChoices(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .missingKey, "a choice needs its words", at: span, help: "add `choices: [one, another]`")
  }

  static func noChoices(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .wrongShape, "`choices` takes a list of words", at: span,
      help: "write `choices: [one, another]`")
  }

  static func misplacedLimit(_ key: String, type: PortType, at span: SourceSpan) -> Diagnostic {
    let owner = key == "choices" ? "a text or a choice" : "a number"
    return Diagnostic(
      .wrongShape, "`\(key)` is for \(owner), not for \(article(type))", at: span,
      help: "leave it out, or change the type")
  }

  static func emptyRange(at span: SourceSpan) -> Diagnostic {
    Diagnostic(.invalidValue, "`min` is greater than `max`", at: span, help: "swap them")
  }

  static func bareList(_ input: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .wrongShape, "the elements of this list do not say its type", at: span,
      help: "write `\(input): { type: list<int>, default: [...] }`")
  }

  static func expressionInInput(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .notConstant, "an input is a constant, without expressions", at: span,
      help: "work values out where they are used, or write `$${` for a literal `${`")
  }

  static func missingValue(of key: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .missingValue, "\(quoted(key)) has no value", at: span,
      help: "give it one, leave the key out, or write \"\" for an empty text")
  }

  static func invalidName(_ name: String, of kind: String, at span: SourceSpan) -> Diagnostic {
    let article = "aeiou".contains(kind.prefix(1)) ? "an" : "a"
    return Diagnostic(
      .invalidName, "\(quoted(name)) is no name for \(article) \(kind)", at: span,
      label: NameRule.allowed(near: name).map { "write `\($0)`" },
      help: "a name is lower-case words and digits joined by `-`, and begins with a letter")
  }

  static func reservedName(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .invalidName, "no node could give a value to an input of the name `\(name)`", at: span,
      help: "choose a name that is none of a node's own keys: "
        + listed(DocumentReader.nodeKeys))
  }

  static func sharedName(_ name: String, node: SourceSpan, input: SourceSpan) -> Diagnostic {
    Diagnostic(
      .sharedName, "\(quoted(name)) is the name of an input and of a node", at: node,
      others: [Label(span: input, text: "the input")],
      help: "rename one of them: `${\(name)}` must mean one thing")
  }

  static func noNodes(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .noNodes, "the graph has no nodes", at: span,
      help: "add `nodes:` with at least one, such as `picture: { uses: load-image, path: a.png }`")
  }

  static func noOutputs(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .noOutputs, "the graph has no outputs, so running it would give nothing", at: span,
      help: "add `outputs:` with what to keep, such as `image: ${picture.image}`")
  }

  static func tooManyNodes(limit: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .tooManyNodes, "the graph, with the graphs that it uses, has more than \(limit) nodes",
      at: span, help: "split it into graphs that are run one after the other")
  }

  static func outputIsNoValue(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .wrongShape, "the output \(quoted(name)) takes one value", at: span,
      help: "write `\(name): ${node.output}`, and one key for each output")
  }

  static func outputWithoutReference(
    _ text: String, _ suggestion: String, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      .typeMismatch, "this is the text \(quoted(text)), not the node of that name", at: span,
      help: "write ${\(suggestion)}")
  }
}

extension SyntaxNode {
  fileprivate var article: String {
    switch content {
    case .scalar(let scalar): scalar.isNull ? "nothing" : "a text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .refused: "this"
    }
  }
}
