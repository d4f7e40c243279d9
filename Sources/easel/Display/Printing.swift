import FoundationEssentials
import Graph

/// Prints a value as one line of JSON, its keys in alphabetical order.
func printJSON(_ value: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  print(String(decoding: try encoder.encode(value), as: UTF8.self))
}

/// Prints a line on standard error.
func printError(_ line: String) {
  fputs(line + "\n", stderr)
}
