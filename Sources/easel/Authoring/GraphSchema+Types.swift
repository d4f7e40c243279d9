import Graph

/// What can be written for a value of each type. Where a type has a text form, `${...}` may stand inside it;
/// where it has none, the whole value may be one `${...}`.
extension GraphSchema {
  /// One whole `${...}`.
  static let expression = "^\\$\\{[\\s\\S]*\\}$"
  /// What is matched by a text with `${...}` in it.
  private static let interpolation = "\\$\\{"

  var types: [(name: String, value: JSON)] {
    [
      ("name", Self.name),
      ("int", Self.scalar("A whole number", or: ["integer"])),
      ("float", Self.scalar("A number", or: ["number"])),
      ("bool", Self.scalar("`true`, `false`", or: ["boolean"])),
      ("seed", Self.scalar("A whole number from 0 up", or: ["integer"]).with(["minimum": 0])),
      ("text", ["description": "A text.", "type": ["string", "number", "boolean"]]),
      (
        "path",
        [
          "description": "A path, relative to this file.", "type": ["string", "number", "boolean"],
        ]
      ),
      ("color", Self.color), ("size", Self.size),
      (
        "reference",
        Self.patterned("`${node.output}` of another node.", ["string"], Self.expression)
      ),
      (
        "output",
        [
          "description": "`${node.output}`, or a list.",
          "type": ["string", "number", "boolean", "array"], "items": Self.reference("value"),
        ]
      ),
      (
        "value",
        ["description": "Any value.", "type": ["string", "number", "boolean", "array", "object"]]
      ),
    ]
  }

  /// What can be written for a port of this type.
  static func schema(of type: PortType, in range: ClosedRange<Double>?) -> JSON {
    switch type {
    case .int, .float, .bool, .text, .path, .color, .seed, .size:
      return reference(type.kind).with(limits(range))
    case .choice(let words):
      return [
        "anyOf": [["enum": .words(words)], ["type": "string", "pattern": .text(interpolation)]]
      ]
    case .list(let element):
      return [
        "type": ["array", "string"], "items": schema(of: element, in: range),
        "pattern": .text(expression),
      ]
    case .optional(let wrapped): return schema(of: wrapped, in: range)
    case .any: return reference("value")
    case .image, .mask, .latent, .handle: return reference("reference")
    }
  }

  private static func limits(_ range: ClosedRange<Double>?) -> JSON {
    let bounds = [("minimum", range?.lowerBound), ("maximum", range?.upperBound)]
    return .fields(
      bounds.compactMap { name, bound in
        bound.flatMap { $0.isFinite ? (name, .number($0)) : nil }
      })
  }

  private static let name = patterned(
    "Lower-case words and digits, joined by `-`.", ["string"], "^[a-z][a-z0-9]*(-[a-z0-9]+)*$")

  /// A value of one of JSON's own types, or an expression.
  private static func scalar(_ description: String, or types: [String]) -> JSON {
    patterned(description + ", or one `${...}`.", types + ["string"], expression)
  }

  private static let color = patterned(
    "A colour in quotes: `\"#rrggbb\"`, `\"#rgb\"` or `\"#rrggbbaa\"`.", ["string"],
    "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$|" + interpolation)

  private static let size = patterned(
    "A width and a height in pixels: `512x768`, or `{ width: 512, height: 768 }`.",
    ["string", "object"], "^0*[1-9][0-9]*x0*[1-9][0-9]*$|" + interpolation
  )
  .with([
    "properties": ["width": side, "height": side],
    "required": ["width", "height"],
    "additionalProperties": false,
  ])

  /// A schema whose texts have a form. Editors say the description where a text has another one.
  static func patterned(_ description: String, _ types: [String], _ pattern: String) -> JSON {
    [
      "description": .text(description),
      "type": types.count == 1 ? .text(types[0]) : .words(types),
      "pattern": .text(pattern),
      "patternErrorMessage": .text(description),
    ]
  }

  private static let side: JSON = ["$ref": "#/$defs/int", "minimum": 1, "maximum": 65_536]
}
