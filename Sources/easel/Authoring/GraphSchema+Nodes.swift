import Graph

/// Nodes: what all have in common, and the ports of each kind.
extension GraphSchema {
  var parts: [(name: String, value: JSON)] {
    [
      ("node", node), ("kind", kind), ("each", Self.each), ("elements", Self.elements),
      ("allow", Self.allow), ("graph-node", Self.graphNode),
    ]
  }

  /// One definition a kind of node.
  var kinds: [(name: String, value: JSON)] {
    catalog.schemas.map { (name: "node-" + $0.name, value: definition(of: $0)) }
  }

  /// The keys that every node has. Which others it has, `uses` decides.
  private static let keys = ["uses", "about", "when", "each", "allow"]

  private var node: JSON {
    [
      "description": "A step: `uses` says which kind, every other key is one of its inputs.",
      "type": "object",
      "properties": [
        "uses": Self.reference("kind"),
        "about": Self.reference("text", "What the step is for."),
        "when": Self.reference("bool", "Where this does not hold, the step is left out."),
        "each": Self.reference("each"),
        "allow": Self.reference("allow", "Codes of warnings that are not wanted for this node."),
      ],
      "required": ["uses"],
      "allOf": .list(catalog.schemas.map { Self.choice($0) } + [Self.graphChoice]),
    ]
  }

  /// A pattern, for editors would take a constant for a proposal and fill in the first one.
  private static func choice(_ schema: NodeSchema) -> JSON {
    whenUses("^\(schema.name)$", then: "node-" + schema.name)
  }

  private static let graphChoice = whenUses("/", then: "graph-node")

  private static func whenUses(_ pattern: String, then definition: String) -> JSON {
    [
      "if": [
        "properties": ["uses": ["type": "string", "pattern": .text(pattern)]],
        "required": ["uses"],
      ],
      "then": reference(definition),
    ]
  }

  private var kind: JSON {
    let kinds = catalog.schemas.map { schema -> JSON in
      [
        "const": .text(schema.name), "description": .text(schema.about),
        "markdownDescription": .text(NodePage(schema: schema).hover),
      ]
    }
    let graph: JSON = [
      "description":
        "Another graph: a path from this file, or `graphs/name` for one that comes with Easel.",
      "pattern": "^(\\./|\\.\\./|/|graphs/)",
    ]
    return [
      "description": "The kind of node, or another graph.", "type": "string",
      "anyOf": .list(kinds + [graph]),
    ]
  }

  /// `each` may give a port its value, which the checker looks at.
  private func definition(of schema: NodeSchema) -> JSON {
    let ports = schema.inputs.map { (name: $0.name, value: Self.property($0)) }
    let required = schema.inputs.filter { $0.presence == .required }.map(\.name)
    let shape: JSON = [
      "description": .text(schema.about),
      "properties": .fields(Self.keys.map { (name: $0, value: true) } + ports),
      "additionalProperties": false,
    ]
    guard !required.isEmpty else { return shape }
    return shape.with(["if": ["required": ["each"]], "else": ["required": .words(required)]])
  }

  private static func property(_ port: PortSchema) -> JSON {
    let page = NodePage.Port(input: port)
    let texts: JSON = [
      "description": .text(port.about), "markdownDescription": .text(page.hover),
    ]
    let value = texts.with(schema(of: port.type, in: port.range))
    guard case .defaulted(let fallback) = port.presence else { return value }
    return value.with(["default": json(fallback)])
  }

  private static func json(_ literal: Literal) -> JSON {
    switch literal {
    case .int(let value): .number(Double(value))
    case .float(let value): .number(value)
    case .bool(let value): .flag(value)
    case .list(let elements): .list(elements.map(json))
    case .text, .path, .color, .size: .text(literal.display)
    }
  }

  /// The inputs of a graph are only known to those who read it.
  private static let graphNode: JSON = [
    "description": "A graph that is used as a node: its inputs are the keys.",
    "propertyNames": Self.reference("name"),
    "additionalProperties": Self.reference("value"),
  ]

  private static let elements = patterned(
    "A list, or a `${...}` that is one.", ["array", "string"], expression
  )
  .with(["items": reference("value")])

  private static let each: JSON = [
    "description":
      "Runs the node once for each element of a list: `each: { seed: [1, 2, 3] }`. Several lists: each with each; under `zip`, in step.",
    "type": "object", "minProperties": 1,
    "properties": [
      "zip": [
        "description": "Lists that go in step.", "type": "object", "minProperties": 1,
        "propertyNames": Self.reference("name"),
        "additionalProperties": Self.reference("elements"),
      ]
    ],
    "propertyNames": Self.reference("name"),
    "additionalProperties": Self.reference("elements"),
  ]

  private static let allow: JSON = [
    "description": "Codes of warnings, such as `unused-node`.", "type": "array",
    "items": ["type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"],
  ]
}
