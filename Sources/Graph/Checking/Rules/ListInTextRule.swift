/// A text with a list in it has the brackets and commas too, which nobody means.
enum ListInTextRule {
  /// A warning where the value that is written into a text is a list of several elements.
  static func finding(for term: Term) -> Diagnostic? {
    guard term.type.element != nil, (term.elements?.count ?? 2) > 1 else { return nil }
    return .listInText(term)
  }
}
