import Graph

/// The declarations of a graph's inputs.
extension GraphSchema {
  var inputs: [(name: String, value: JSON)] {
    [
      ("input", input), ("type", typeWord),
      ("constant", Self.constant("A value without `${...}`.")),
    ]
  }

  /// A declaration, or a bare default.
  private var input: JSON {
    Self.constant("A default value, or a declaration: `{ type: int, default: 3, min: 1 }`.").with([
      "properties": keys,
      "additionalProperties": false,
      "anyOf": [["required": ["type"]], ["required": ["default"]], ["required": ["choices"]]],
      "allOf": .list(defaults + limits),
    ])
  }

  private var keys: JSON {
    [
      "type": Self.reference("type", "The type of the value."),
      "default": Self.reference("constant", "The value where none is set."),
      "about": Self.reference("text", "What the input is for."),
      "min": ["description": "The smallest number allowed.", "type": "number"],
      "max": ["description": "The largest number allowed.", "type": "number"],
      "choices": [
        "description": "The words allowed.", "type": "array", "minItems": 1,
        "items": Self.reference("text"),
      ],
    ]
  }

  /// Nothing is known yet when the value of an input is wanted. `$${` stands for `${`.
  private static func constant(_ description: String) -> JSON {
    patterned(
      description, ["string", "number", "boolean", "array", "object"],
      "^([^$]|\\$(?!\\{)|\\$\\$\\{)*$"
    )
    .with(["items": reference("value")])
  }

  /// What the default of each type looks like.
  private var defaults: [JSON] {
    let scalars = Self.scalarTypes.map { type, _ in
      Self.when(
        type: ["const": .text(type.kind)], then: ["default": Self.schema(of: type, in: nil)])
    }
    return scalars + [
      Self.when(type: ["pattern": "^list<"], then: ["default": ["type": "array"]]),
      Self.when(
        type: ["pattern": .text("^(\(Self.valueTypes.map(\.name).joined(separator: "|")))(<|$)")],
        then: ["default": false]),
    ]
  }

  /// Which keys need which types.
  private var limits: [JSON] {
    [
      Self.when(
        type: ["not": ["enum": ["int", "float", "seed"]]], then: ["min": false, "max": false]),
      Self.when(type: ["not": ["enum": ["choice", "text"]]], then: ["choices": false]),
      ["if": Self.hasType(["const": "choice"]), "then": ["required": ["choices"]]],
    ]
  }

  private static func hasType(_ type: JSON) -> JSON {
    ["properties": ["type": type], "required": ["type"]]
  }

  private static func when(type: JSON, then properties: JSON) -> JSON {
    ["if": hasType(type), "then": ["properties": properties]]
  }
}

/// The types that inputs can have.
extension GraphSchema {
  private var typeWord: JSON {
    let names =
      Self.scalarTypes.map { (name: $0.type.kind, about: $0.about) }
      + [(name: "choice", about: "One of the words of `choices`.")] + Self.valueTypes
    let words = names.map { name, about -> JSON in
      ["const": .text(name), "description": .text(about)]
    }
    let parametric = (Self.valueTypes.map(\.name) + ["list"]).joined(separator: "|")
    return [
      "description": "A type of the language.", "type": "string",
      "anyOf": .list(
        words + [
          [
            "description":
              "A list, or a type with a family or a size: `list<int>`, `latent<sdxl>`.",
            "pattern": .text("^(\(parametric))<.+>$"),
          ]
        ]),
    ]
  }

  private static let scalarTypes: [(type: PortType, about: String)] = [
    (.int, "A whole number."), (.float, "A number."), (.bool, "`true` or `false`."),
    (.text, "A text."), (.seed, "A whole number from 0 up, the start of the noise."),
    (.path, "A file or folder, relative to the graph."), (.color, "A colour, `\"#rrggbb\"`."),
    (.size, "A width and a height, `512x768`."),
  ]

  /// Types whose values only nodes make.
  private static let valueTypes: [(name: String, about: String)] =
    [
      ("image", "A picture."), ("mask", "A mask, from 0 to 1 a pixel."),
      ("latent", "A picture as a model sees it."),
    ]
    + PortType.Handle.allCases.map {
      ($0.rawValue, "Only a graph that is used as a node can be given one.")
    }
}
