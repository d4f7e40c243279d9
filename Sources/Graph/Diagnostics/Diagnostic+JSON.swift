extension Diagnostic {
  /// The finding as a JSON object on one line, its keys always in this order.
  public var json: String {
    JSONText.object(
      [
        ("severity", .string(severity.rawValue)),
        ("code", .string(code.rawValue)),
        ("message", .string(message)),
      ] + span.jsonFields + [
        ("label", label.map(JSONText.string) ?? .null),
        ("help", help.map(JSONText.string) ?? .null),
        ("notes", .array(notes.map(JSONText.string))),
        (
          "others",
          .array(others.map { .object($0.span.jsonFields + [("text", .string($0.text))]) })
        ),
      ]
    ).text
  }
}
