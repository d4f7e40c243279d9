import Graph

/// The language of graphs, with the kinds of node of a library, as a JSON Schema (draft 2020-12), for
/// editors and for other programs that read graphs.
///
/// It says less than the checker, which knows types, references and files; what the checker takes, it
/// takes too.
struct GraphSchema {
  let catalog: NodeCatalog

  var json: JSON {
    [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "An Easel graph",
      "description":
        "A graph of nodes that makes or edits pictures. `easel check` finds what this schema cannot.",
      "type": "object",
      "properties": properties,
      "required": ["easel", "nodes", "outputs"],
      "additionalProperties": false,
      "$defs": .fields(types + inputs + parts + kinds),
    ]
  }

  private var properties: JSON {
    [
      "easel": [
        "description": "The version of the language.", "type": "integer", "const": 1, "default": 1,
      ],
      "title": Self.reference("text", "What the graph is called."),
      "about": Self.reference("text", "What the graph does, in a sentence or two."),
      "inputs": [
        "description": "What can be set with `--set name=value`, and by graphs that use this one.",
        "type": ["object", "null"],
        "propertyNames": Self.reference("name"),
        "additionalProperties": Self.reference("input"),
      ],
      "nodes": [
        "description": "The steps, in any order.", "type": "object", "minProperties": 1,
        "propertyNames": Self.reference("name"),
        "additionalProperties": Self.reference("node"),
      ],
      "outputs": [
        "description": "What `easel run` saves, each under its own name: `image: ${picture}`.",
        "type": "object", "minProperties": 1,
        "propertyNames": Self.reference("name"),
        "additionalProperties": Self.reference("output"),
      ],
      "allow": Self.reference("allow", "Codes of warnings that are not wanted for this graph."),
    ]
  }

  /// What one of the definitions takes, described for where it is used.
  static func reference(_ definition: String, _ description: String) -> JSON {
    reference(definition).with(["description": .text(description)])
  }

  /// What one of the definitions takes.
  static func reference(_ definition: String) -> JSON { ["$ref": .text("#/$defs/" + definition)] }
}
