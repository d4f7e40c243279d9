import ArgumentParser
import Nodes

/// Prints the language as a JSON Schema.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON Schema of graphs, for editors.",
    discussion: """
      With the schema, an editor completes kinds of node and their inputs, explains them and marks \
      mistakes while a graph is written. Save it, and name it in a graph's first line:

        # yaml-language-server: $schema=easel.schema.json

      It is JSON Schema 2020-12. `easel check` finds more: types, references, files.

      Exit code 0.
      """)

  func run() { print(GraphSchema(catalog: library.catalog).json.pretty()) }
}
