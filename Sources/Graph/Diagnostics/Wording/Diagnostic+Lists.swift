/// What is found wrong with `each`, `when` and values that may be missing.
extension Diagnostic {
  static func eachWithoutList(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .typeMismatch, "`each` maps over lists, and \(quoted(name)) is none", at: span,
      help: "write `\(name): [one, another]`, or `\(name): ${list}`")
  }

  static func noStaticList(_ type: PortType, at span: SourceSpan) -> Diagnostic {
    guard type.element != nil else {
      let isOptional = type.wrapped != nil
      return Diagnostic(
        isOptional ? .mayBeMissing : .typeMismatch, "`each` maps over lists, not \(article(type))",
        at: span, label: "this is \(article(type))",
        help: isOptional
          ? "say what stands in its place: `${... ?? ...}`" : "write a list in brackets: `[...]`")
    }
    return Diagnostic(
      .notConstant, "how long this list is would only be known during the run", at: span,
      help: "`each` and `len` take lists that are written down, or made by `each`")
  }

  static func unequalLists(
    _ source: ElementSource, _ count: Int, _ first: ElementSource, _ firstCount: Int
  ) -> Diagnostic {
    Diagnostic(
      .unequalLists,
      "`\(source.name)` has \(counted(count)), and `\(first.name)` has \(counted(firstCount))",
      at: source.list.span, label: counted(count),
      others: [Label(span: first.list.span, text: counted(firstCount))],
      help: "lists under `zip` go in step, and are of one length")
  }

  static func mixedList(_ types: [PortType], at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .typeMismatch, "a list holds values of one type, not \(listed(types.map(article)))", at: span,
      help: "make a list of each type")
  }

  static func noLists(of key: String, _ help: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(.missingValue, "`\(key)` names no list", at: span, help: help)
  }

  static func elementInCondition(_ reference: Reference) -> Diagnostic {
    Diagnostic(
      .unknownReference, "`when` is asked once, before `each` names `\(reference.name)`",
      at: reference.nameSpan,
      help:
        "map over a list without what should be left out, or put the node into a graph of its own")
  }

  static func unusedElement(_ source: ElementSource, of kind: String, ports: [String]) -> Diagnostic
  {
    let reason =
      ports.contains(source.name)
      ? "`\(source.name)` has a value of its own" : "`\(kind)` has no input \(quoted(source.name))"
    return Diagnostic(
      .unknownPort, "\(reason), and no value of the node refers to the element", at: source.span,
      label: ports.contains(source.name) ? nil : didYouMean(source.name, ports),
      help: "map over one of its inputs, or write ${\(source.name)} where the element belongs")
  }

  static func mayBeMissing(_ term: Term, port: PortSchema?, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .mayBeMissing,
      port.map { "`\($0.name)` needs a value, and this may be missing" } ?? "this may be missing",
      at: span, label: "a `when` decides whether it is there",
      help: "say what stands in its place: `${... ?? ...}`")
  }

  static func needlessDefault(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .needlessDefault, "this is never missing, so it needs no default", at: span,
      help: "leave the `??` and what follows it out")
  }

  static func noListOverride(_ port: PortSchema, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .typeMismatch, "`\(port.name)` takes \(article(port.type))", at: span,
      help: "write a list in brackets: `--set '\(port.name)=[...]'`")
  }

  static func emptyPick(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .outOfRange, "the list is empty", at: span, help: "give it at least one element")
  }

  static func pickOutside(_ number: Int, count: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .outOfRange, "the list has \(counted(count)), not \(number)", at: span,
      help: "elements are counted from 1")
  }

  private static func counted(_ count: Int) -> String {
    switch count {
    case 0: "no elements"
    case 1: "one element"
    default: "\(count) elements"
    }
  }
}
